"""The periods a decision starts: payment, reconsideration, suit, and the surcharge."""

from datetime import date
from typing import Any

from hufu.base.law import book

PAYMENT = "deadlines.penalty.payment"
RECONSIDERATION = "deadlines.reconsideration.apply"
SUIT = "deadlines.litigation.sue"
SURCHARGE = "procedure.daily_surcharge_percent"


def periods_from(day: date) -> dict[str, Any]:
    """Return the periods as they would run from `day`, each with its rulings."""
    return {
        "payment": book().deadline(PAYMENT, start=day).as_json(),
        "reconsideration": book().deadline(RECONSIDERATION, start=day).as_json(),
        "suit": book().deadline(SUIT, start=day).as_json(),
        "surcharge": book().on(day, SURCHARGE).as_json(),
    }
