"""What is said about an infringement, whoever says it."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from hufu.domain.leads.models import Act
from hufu.domain.leads.services import LeadFacts
from hufu.domain.rights.models import Right
from hufu.doors.api.shapes import Body, Line, Region

QUANTITY = 2**31 - 1
Title = Annotated[Line, Field(max_length=200)]
Address = Annotated[Body, Field(max_length=2000)]
Files = Annotated[list[UploadedFile], File(...)]
Code = Annotated[Line, Field(max_length=18)]


class FactsIn(Schema):
    """What happened, as far as is known."""

    title: Title = Field(description="in a few words")
    act: Act
    region: Region = Field(description="six digits of GB/T 2260: where it happened")
    details: Body = ""
    right_kind: Right.Kind | None = None
    respondent_name: Line = ""
    respondent_uscc: Code = Field("", description="unified social credit code")
    place: Line = ""
    url: Address = ""
    seller: Title = ""
    goods: Line = ""
    quantity: int | None = Field(None, ge=0, le=QUANTITY)
    value: Decimal | None = Field(None, ge=0, max_digits=16, decimal_places=2)
    occurred_on: date | None = None

    def facts(self, right: Right | None = None) -> LeadFacts:
        """Return the facts as the room of leads takes them."""
        return LeadFacts(
            title=self.title,
            act=self.act,
            region=self.region,
            details=self.details,
            right=right,
            right_kind=self.right_kind or "",
            respondent_name=self.respondent_name,
            respondent_uscc=self.respondent_uscc,
            place=self.place,
            url=self.url,
            seller=self.seller,
            goods=self.goods,
            quantity=self.quantity,
            value=self.value,
            occurred_on=self.occurred_on,
        )
