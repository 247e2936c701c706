"""What `netquality.assess` adds to the people, and what `netquality.aggregate` counts of them."""

from __future__ import annotations

from typing import Final

from netquality.tables.shape import (
    BAND,
    COUNT,
    DATE,
    FLAG,
    INSTANT,
    MAYBE,
    NUMBER,
    TEXT,
    Column,
    Table,
)

__all__ = ["AGGREGATES", "MEASURES", "STATUS_COLUMNS"]

_CONTACT: Final = (
    Column("contact_days", COUNT, "UTC days with at least one real one-to-one message"),
    Column(
        "mutual_contact_days",
        COUNT,
        "the lesser of the days the owner wrote and the days the other wrote",
    ),
    Column("sent_count", COUNT, "real one-to-one messages the owner wrote"),
    Column("received_count", COUNT, "real one-to-one messages the other wrote"),
    Column(
        "sent_character_share",
        NUMBER,
        "the owner's share of the characters of real one-to-one messages; missing without any",
    ),
    Column("sent_question_count", COUNT, "questions in the owner's real one-to-one messages"),
    Column("received_question_count", COUNT, "questions in the other's"),
    Column(
        "first_message_at", INSTANT, "first real one-to-one message; missing where there is none"
    ),
    Column("last_message_at", INSTANT, "last real one-to-one message; missing where there is none"),
    Column(
        "silent_days",
        COUNT,
        "whole days from the last real one-to-one message to `as_of`; missing without one",
    ),
    Column(
        "usual_gap_days",
        NUMBER,
        "median of the days from one contact day to the next; missing below two contact days",
    ),
    Column(
        "late_gap_days",
        NUMBER,
        "nine in ten of the days from one contact day to the next were at most so many; missing "
        "below nine contact days, for then no rhythm can be told",
    ),
    Column(
        "last_writer",
        TEXT,
        "who wrote last: `you` or `they`; missing without a real one-to-one message",
    ),
    Column(
        "turn",
        TEXT,
        "whose turn it is: `yours` or `theirs`; missing without a real one-to-one message, and "
        "where a set phrase (`Thanks!`) came back, which closes it politely",
    ),
    Column(
        "sent_unanswered_days",
        COUNT,
        "UTC days on which the owner wrote after the other's last real message",
    ),
    Column(
        "received_unanswered_days",
        COUNT,
        "UTC days on which the other wrote after the owner's last real message",
    ),
    Column(
        "last_question_count",
        COUNT,
        "questions in the last real one-to-one message; missing where there is none",
    ),
    Column(
        "last_sent_at",
        INSTANT,
        "the owner's last one-to-one message of any kind, greetings and notes too",
    ),
    Column("last_received_at", INSTANT, "the other's last one-to-one message of any kind"),
    Column(
        "sent_unreturned_days",
        COUNT,
        "UTC days on which the owner wrote anything but set phrases, invitation notes too, after "
        "the other's last one-to-one message of any kind",
    ),
    Column("received_unreturned_days", COUNT, "the same of the other, after the owner's last"),
)

_CONVERSATIONS: Final = (
    Column(
        "conversation_count",
        COUNT,
        "stretches of real one-to-one messages with 30 silent days or more between them",
    ),
    Column(
        "opened_share",
        NUMBER,
        "the share of these conversations that the owner opened; missing where there is none",
    ),
    Column("answers_given_count", COUNT, "answers the owner wrote"),
    Column("answers_received_count", COUNT, "answers the other wrote"),
    Column(
        "answer_given_median_days",
        NUMBER,
        "median of the days that the owner's answers took; missing where there are none",
    ),
    Column(
        "answer_received_median_days",
        NUMBER,
        "median of the days that the other's answers took; missing where there are none",
    ),
)

_TALK: Final = (
    Column("talk_days", COUNT, "UTC days with talk: an answer, or a message that was answered"),
    Column("talk_months_count", COUNT, "calendar months with talk"),
    Column("talk_years_count", COUNT, "calendar years with talk"),
    Column(
        "first_talk_at",
        INSTANT,
        "the first message that was answered; missing where there is no talk",
    ),
    Column("last_talk_at", INSTANT, "the latest answer; missing where there is no talk"),
    Column("talk_span_days", COUNT, "days from the first talk to the last; missing without talk"),
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
)

_ASIDE: Final = (
    Column(
        "greeting_count",
        COUNT,
        "canned one-to-one messages (wishes, thanks, one-tap replies), either way, set aside",
    ),
    Column("greeting_years_count", COUNT, "calendar years with such a greeting"),
    Column("unanswered_note_count", COUNT, "invitation notes set aside because nobody answered"),
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
    Column(
        "group_thread_count",
        COUNT,
        "group conversations that both of you were in, as the export shows their members today",
    ),
)

_ESTEEM: Final = (
    Column("recommendation_given_count", COUNT, "recommendations that the owner wrote"),
    Column("recommendation_received_count", COUNT, "recommendations that the other wrote"),
    Column("endorsement_given_count", COUNT, "skills that the owner endorsed"),
    Column("endorsement_received_count", COUNT, "skills that the other endorsed"),
    Column(
        "is_followed",
        MAYBE,
        "the owner follows them; missing without that file. It bears names only, and who is "
        "connected is followed by itself unless somebody ended that",
    ),
    Column(
        "address_count",
        COUNT,
        "e-mail addresses and phone numbers of theirs in your address books",
    ),
)

_ORIGIN: Final = (
    Column(
        "origin",
        TEXT,
        "how the tie began, the first that holds: `colleague`, `school`, `event`, `your request`, "
        "`their request`; missing where nothing on file says",
    ),
    Column(
        "is_colleague_then",
        MAYBE,
        "you worked, on the day you connected, for the employer that they have now; missing where "
        "that cannot be known",
    ),
    Column(
        "is_colleague_now",
        MAYBE,
        "you work, at the date judged at, for the employer that they have now; missing where that "
        "cannot be known",
    ),
    Column(
        "is_school_then",
        MAYBE,
        "you were, on the day you connected, at the school that their profile names as employer "
        "or in the position; missing where that cannot be known",
    ),
    Column(
        "event_on",
        DATE,
        "first day of the burst of connections that this one belongs to; missing outside of any",
    ),
    Column(
        "invited_by",
        TEXT,
        "who sent the request: `you` or `they`; missing where no invitation is on file",
    ),
    Column(
        "is_invited_with_note",
        MAYBE,
        "the request bore words of its own; missing where no invitation is on file",
    ),
)

MEASURES: Final = Table(
    "measures", (*_CONTACT, *_CONVERSATIONS, *_TALK, *_ASIDE, *_ESTEEM, *_ORIGIN)
)

STATUS_COLUMNS: Final = Table(
    "status",
    (
        Column(
            "contact_chance",
            NUMBER,
            "how likely it is that both write within the next 180 days *by themselves*, between 0 "
            "and 1: for groups and not as one person's percentage, an extrapolation from other "
            "kinds of messages, and nothing of whom it is worth writing to. Missing without a real "
            "one-to-one message, and where you wrote to nobody in the last 180 days",
        ),
        Column(
            "depth",
            BAND,
            "depth of what was written here, in order `thin`, `some`, `deep`; missing where there "
            "was no talk. Never the worth of a person",
        ),
        Column(
            "status",
            TEXT,
            "by the rule; missing for people who are no connections and never talked",
        ),
        Column(
            "owner_label",
            TEXT,
            "the owner's own word: `close`, `know`, `stranger` or `not interested`; missing "
            "without one. It never changes `status`",
        ),
        Column("is_off_platform", FLAG, "the owner says that they talk elsewhere"),
        Column("is_hidden", FLAG, "the owner keeps this person out of every list"),
        Column("snoozed_until", DATE, "the owner wants no list to name them before that day"),
        Column(
            "said_wrote_on",
            DATE,
            "the last day on which the owner wrote to them, here or elsewhere, by the owner's word",
        ),
        Column(
            "said_tries",
            COUNT,
            "days on which the owner wrote to them, here or by the owner's word, since something "
            "last came back; 0 for all of whom nothing of the kind was said",
        ),
        Column(
            "said_talk_on",
            DATE,
            "the last day on which they answered or the two met, by the owner's word",
        ),
        Column(
            "status_shown",
            TEXT,
            "the status in the words a reader sees, or what the owner's label says instead; "
            "missing where there is neither",
        ),
        Column("status_reason", TEXT, "one sentence: the evidence, and what was set aside"),
    ),
)

AGGREGATES: Final = Table(
    "aggregates",
    (
        Column("question", TEXT, "what is counted by: `status`, `connected` (the year) ..."),
        Column("answer", TEXT, "one answer, or several that are counted together"),
        Column(
            "person_count",
            COUNT,
            "connections, 0 or at least 5; missing where it may not be shown",
        ),
        Column("is_merged", FLAG, "several answers are counted together, for one has too few"),
    ),
)
