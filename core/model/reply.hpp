#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/model/action.hpp"
#include "core/model/ids.hpp"
#include "core/model/insight.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// What we answer, as structure: each platform renders it within its own limits. All text is plain UTF-8 and is never
// markup; links come only from fields named so, never from text.

struct Heading {
    std::string text;
    bool operator==(const Heading&) const = default;
};

struct Paragraph {
    std::string text;
    bool operator==(const Paragraph&) const = default;
};

// What the reader did with an insight; its buttons show it.
struct CardMarks {
    bool liked = false;
    bool disliked = false;
    bool saved = false;
    bool muted = false;  // its first topic
    bool operator==(const CardMarks&) const = default;
};

// One insight as it is shown: claim first, source at most one line away.
struct InsightCard {
    int number = 0;  // what `more on 3` refers to; from 1
    InsightId insight;
    std::string text;
    std::optional<Relation> relation;  // shown as a label when known
    bool update = false;               // an idea sent before, with new evidence
    bool now_disputed = false;         // an idea sent before that somebody has disputed since
    bool outside_bubble = false;
    InsightOrigin origin = InsightOrigin::transcript;  // show_notes and asked are said on the card
    Modality modality = Modality::said;
    std::string speaker;
    std::string show;
    std::string episode;
    std::optional<WallTime> published_at;
    Millis start{};
    bool time_is_approximate = false;  // adverts may shift it
    std::string link;                  // opens the moment; empty: none
    int sources = 1;                   // independent ones
    std::string why;                   // one line; empty: not shown
    std::string quote;                 // shown only where asked for; always byte-exact
    std::string topic;                 // its first topic, for the button that mutes it; empty: none
    CardMarks marks;
    bool operator==(const InsightCard&) const = default;
};

// Rows of two parts, such as a setting and its value.
struct Table {
    struct Row {
        std::string label;
        std::string value;
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> rows;
    bool operator==(const Table&) const = default;
};

// Buttons beside each other; where a platform has none they are shown as what can be typed instead, if anything can.
struct Choice {
    std::string label;    // short; one line
    Action action;        // of a link button: ignored
    std::string link;     // opens an address instead; empty: a button of ours
    bool chosen = false;  // shown as taken
    bool operator==(const Choice&) const = default;
};
struct Choices {
    std::vector<Choice> choices;
    bool operator==(const Choices&) const = default;
};

using ReplyBlock = std::variant<Heading, Paragraph, InsightCard, Table, Choices>;

struct Reply {
    std::vector<ReplyBlock> blocks;
    std::vector<std::string> suggestions;  // commands worth typing next, at most 4
    bool operator==(const Reply&) const = default;
};

}  // namespace podbrief
