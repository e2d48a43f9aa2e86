"""What the worker does for the boarding houses, and how often."""

from datetime import timedelta

from tatausaha.business.boarding import announcements, privacy
from tatausaha.business.boarding.services import bills
from tatausaha.core.kernel.tasks import Task

TASKS = (
    Task("boarding.bills", timedelta(minutes=10), lambda at: bills.issue_due_bills(at=at)),
    Task("boarding.reminders", timedelta(minutes=30), announcements.remind_everybody),
    Task("boarding.reports", timedelta(minutes=15), lambda at: announcements.remind_of_reports(at=at)),
    Task("boarding.privacy", timedelta(days=1), privacy.forget_in_time),
)
