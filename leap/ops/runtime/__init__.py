"""The machine LEAP runs on: its environment, its database and broker, its processes.

Everything here runs before any dependency is installed, so it is the standard library alone.
"""
