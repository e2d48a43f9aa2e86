"""Writes about houses, rooms, prices and claims that are no step of a procedure."""
