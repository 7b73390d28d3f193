"""Batches: many submissions in one request, as a nightly synchronisation sends them."""

from __future__ import annotations

from flask import Response, jsonify

from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.schemas.batches import BatchAnswer, BatchSchema
from adam.schemas.claims import judge
from adam.services import batches

blueprint = Blueprint("batches", __name__, "Many submissions at once, by the partner's own keys.")


@blueprint.route("/submissions/batch", methods=["POST"])
@guards.scope("submit")
@blueprint.arguments(BatchSchema)
@blueprint.response(200, BatchAnswer)
def take(body: Body) -> Response:
    """Hand in what is new or differs, by `source_ref`; send the same again and nothing happens

    Up to 200 whole projects. What is new becomes a submission, what differs from what stands replaces it or updates
    its record, and both wait for the coordinators at once; what is the same stays untouched, so a request that was
    cut off is simply sent again, without an Idempotency-Key. A submission with problems is `refused` with all of
    them and blocks no other; the answer is 200 all the same.
    """
    sent = body.taken()["submissions"]
    with work() as w:
        return jsonify(batches.take(w, sent, judge))
