"""What the worker does for the boarding houses, and how often: name, pause, what."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tatausaha.business.boarding import announcements, announcements_tickets, privacy
from tatausaha.business.boarding.services import bills, late_fees, prepaying, waiting

TASKS: tuple[tuple[str, timedelta, Callable[[datetime], object]], ...] = (
    ("boarding.bills", timedelta(minutes=10), lambda at: bills.issue_due_bills(at=at)),
    ("boarding.prepaying", timedelta(minutes=10), lambda at: prepaying.look_after_all(at=at)),
    ("boarding.late_fees", timedelta(minutes=10), lambda at: late_fees.look_at_all(at=at)),
    ("boarding.reminders", timedelta(minutes=30), announcements.remind_everybody),
    ("boarding.reports", timedelta(minutes=15), lambda at: announcements.remind_of_reports(at=at)),
    ("boarding.tickets", timedelta(minutes=15), announcements_tickets.remind),
    ("boarding.waiting", timedelta(minutes=5), waiting.tell_waiting),
    ("boarding.privacy", timedelta(days=1), privacy.forget_in_time),
)
