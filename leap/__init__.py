"""LEAP: shared family records, handoffs, bookings and outcomes for four Lambeth wards."""
