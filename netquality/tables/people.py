"""What `netquality.assess` adds to the people: measures, and the status that rests on them."""

from __future__ import annotations

from typing import Final

from netquality.tables.shape import COUNT, INSTANT, TEXT, Column, Table

__all__ = ["MEASURES", "STATUS_COLUMNS"]

MEASURES: Final = Table(
    "measures",
    (
        Column("contact_days", COUNT, "UTC days with at least one real one-to-one message"),
        Column(
            "mutual_contact_days",
            COUNT,
            "the lesser of the days the owner wrote and the days the other wrote",
        ),
        Column("sent_count", COUNT, "real one-to-one messages the owner wrote"),
        Column("received_count", COUNT, "real one-to-one messages the other wrote"),
        Column("answers_given_count", COUNT, "answers the owner wrote"),
        Column("answers_received_count", COUNT, "answers the other wrote"),
        Column(
            "first_message_at",
            INSTANT,
            "first real one-to-one message; missing where there is none",
        ),
        Column(
            "last_message_at", INSTANT, "last real one-to-one message; missing where there is none"
        ),
        Column("talk_days", COUNT, "UTC days with talk: an answer, or a message that was answered"),
        Column(
            "first_talk_at",
            INSTANT,
            "the first message that was answered; missing where there is no talk",
        ),
        Column("last_talk_at", INSTANT, "the latest answer; missing where there is no talk"),
        Column(
            "silent_days",
            COUNT,
            "whole days from the last real one-to-one message to `as_of`; missing without one",
        ),
        Column(
            "sent_talk_span_days",
            COUNT,
            "days between the owner's first and last day within the talk; missing without talk",
        ),
        Column(
            "received_talk_span_days",
            COUNT,
            "days between the other's first and last day within the talk; missing without talk",
        ),
        Column(
            "greeting_count",
            COUNT,
            "canned one-to-one messages (wishes, thanks, one-tap replies), either way, set aside",
        ),
        Column("greeting_years_count", COUNT, "calendar years with such a greeting"),
        Column(
            "unanswered_note_count", COUNT, "invitation notes set aside because nobody answered"
        ),
        Column(
            "possible_note_count",
            COUNT,
            "lone first messages on the connect day, set aside as possible notes",
        ),
        Column(
            "group_message_count",
            COUNT,
            "messages of the other to a group and the owner's to theirs, set aside",
        ),
        Column("recommendation_given_count", COUNT, "recommendations that the owner wrote"),
        Column("recommendation_received_count", COUNT, "recommendations that the other wrote"),
        Column("endorsement_given_count", COUNT, "skills that the owner endorsed"),
        Column("endorsement_received_count", COUNT, "skills that the other endorsed"),
        Column(
            "address_count",
            COUNT,
            "e-mail addresses and phone numbers of theirs in your address books",
        ),
        Column(
            "unanswered_days",
            COUNT,
            "UTC days on which the owner wrote after the other's last message",
        ),
        Column(
            "last_writer",
            TEXT,
            "who wrote last: `you` or `they`; missing without a real one-to-one message",
        ),
    ),
)

STATUS_COLUMNS: Final = Table(
    "status",
    (
        Column(
            "status",
            TEXT,
            "by the rule; missing for people who are no connections and never talked",
        ),
        Column("status_shown", TEXT, "the status in the words a reader sees; missing where it is"),
        Column("status_reason", TEXT, "one sentence: the evidence, and what was set aside"),
    ),
)
