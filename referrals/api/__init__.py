"""Referrals for other systems."""

from referrals.api.resources import Referrals

__all__ = ["Referrals"]
