#include "core/search/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/text/unicode.hpp"

namespace podbrief::search {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Token {
    std::string folded;  // without punctuation around it
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t number = 0;  // in what was typed
};
using Tokens = std::vector<Token>;

bool is_mark(char c) {
    return std::string_view(".,;:!?\"()").find(c) != std::string_view::npos;
}

Tokens tokens_of(std::string_view text) {
    Tokens tokens;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::size_t first = begin, last = end;
        while (first < last && is_mark(text[first])) ++first;
        while (last > first && is_mark(text[last - 1])) --last;
        if (last > first) tokens.push_back({text::fold(text.substr(first, last - first)), first, last, tokens.size()});
        begin = end + 1;
    }
    return tokens;
}

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto saying = std::to_array<std::string_view>({"say", "says", "said", "saying", "think", "thinks", "thought",
                                                         "argue", "argues", "argued", "claim", "claims", "claimed"});
constexpr auto about = std::to_array<std::string_view>({"about", "on", "of", "regarding"});
constexpr auto leading = std::to_array<std::string_view>(
    {"in", "on", "of", "from", "since", "after", "before", "until", "till", "by", "with", "during"});
constexpr auto auxiliary = std::to_array<std::string_view>({"did", "does", "do", "has", "have", "had"});

// The question while filters are taken off it.
class Question {
public:
    Question(std::string_view text, sys_days today, const NameFinder& names)
        : text_(text), today_(today), names_(names), tokens_(tokens_of(text)) {}

    Filters read() {
        take_sayer();
        while (take_last()) {
        }
        filters_.topic = words(0, tokens_.size());
        return std::move(filters_);
    }

private:
    // As typed; a space where something was taken out.
    std::string words(std::size_t first, std::size_t last) const {
        std::string all;
        for (std::size_t at = first; at < last; ++at) {
            const Token& token = tokens_[at];
            const bool follows = at > first && token.number == tokens_[at - 1].number + 1;
            const std::size_t begin = follows ? tokens_[at - 1].end : token.begin;
            if (at > first && !follows) all += ' ';
            all += text_.substr(begin, token.end - begin);
        }
        return all;
    }
    std::string folded(std::size_t first, std::size_t last) const {
        std::string all;
        for (std::size_t at = first; at < last; ++at) all += (at > first ? " " : "") + tokens_[at].folded;
        return all;
    }
    bool is(std::size_t at, std::string_view word) const { return at < tokens_.size() && tokens_[at].folded == word; }

    // "what did x say about y": x is who must have said it, when it is somebody who is heard; else a part of the topic.
    void take_sayer() {
        if (!is(0, "what") || !names_.person) return;
        const std::size_t first = tokens_.size() > 1 && is_one_of(auxiliary, tokens_[1].folded) ? 2 : 1;
        for (std::size_t at = first + 1; at + 2 < tokens_.size(); ++at) {
            if (!is_one_of(saying, tokens_[at].folded) || !is_one_of(about, tokens_[at + 1].folded)) continue;
            const auto person = names_.person(words(first, at), true);
            const auto token = [this](std::size_t number) {
                return tokens_.begin() + static_cast<std::ptrdiff_t>(number);
            };
            tokens_.erase(token(at), token(at + 2));
            tokens_.erase(token(0), token(person ? at : first));
            if (person) filters_.person = *person;
            return;
        }
    }

    // Takes one filter off the end, the longest that is there.
    bool take_last() {
        // "from last week" alone has no topic.
        const std::size_t first = !tokens_.empty() && is_one_of(leading, tokens_[0].folded) ? 2 : 1;
        for (std::size_t at = first; at < tokens_.size(); ++at) {
            if (!take_from(at)) continue;
            tokens_.resize(at);
            return true;
        }
        return false;
    }

    // The words from `at` to the end are a filter.
    bool take_from(std::size_t at) {
        const std::string& first = tokens_[at].folded;
        const std::size_t rest = at + 1;
        if (!filters_.from && !filters_.until && take_days(at)) return true;
        if (rest == tokens_.size()) return false;
        const bool place = first == "in" || first == "on" || first == "from";
        if (place && !filters_.show && names_.show && take_show(rest)) return true;
        if (!filters_.person.empty() || !names_.person) return false;
        const std::size_t name = first == "according" && is(rest, "to") ? rest + 1 : rest;
        const bool by = first == "by" || first == "from" || first == "with" || name != rest;
        if (!by || name == tokens_.size()) return false;
        const auto person = names_.person(words(name, tokens_.size()), first == "by" || name != rest);
        if (person) filters_.person = *person;
        return person.has_value();
    }

    bool take_show(std::size_t first) {
        bool surely = false;
        for (const std::string_view lead : {"the", "show", "podcast"}) {
            if (!is(first, lead) || first + 1 == tokens_.size()) continue;
            surely = surely || lead != "the";
            ++first;
        }
        auto show = names_.show(words(first, tokens_.size()), surely);
        if (!show) return false;
        filters_.show = show->id;
        filters_.show_title = std::move(show->title);
        return true;
    }

    bool take_days(std::size_t at) {
        const std::string& how = tokens_[at].folded;
        const std::size_t end = tokens_.size();
        const auto meant = past_days(folded(at + 1, end), today_);
        if (meant) {
            const bool is_year =
                end == at + 2 && tokens_[at + 1].folded.size() == 4 && tokens_[at + 1].folded[0] == '2';
            if (how == "since") return keep(meant->from, std::nullopt);
            if (how == "after") return keep(meant->until, std::nullopt);
            if (how == "before") return keep(std::nullopt, meant->from);
            if (how == "until" || how == "till") return keep(std::nullopt, meant->until);
            // What is said of a year is not what was said in it.
            if (is_year && how != "from") return false;
            if (how == "from" || how == "in" || how == "during" || how == "within" || how == "over") {
                return keep(meant->from, meant->until);
            }
            // "deploys on friday" is a topic, "deploys on 12 march" a day.
            const std::string last = folded(at + 1, end);
            const bool names_a_date =
                std::any_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (names_a_date && (how == "on" || how == "of")) return keep(meant->from, meant->until);
        }
        // "chips last week"
        const bool bare = how == "yesterday" || ((how == "last" || how == "this" || how == "past") && end > at + 1);
        const auto alone = bare ? past_days(folded(at, end), today_) : std::nullopt;
        return alone && keep(alone->from, alone->until);
    }

    bool keep(std::optional<sys_days> from, std::optional<sys_days> until) {
        if (until && *until > today_) until.reset();
        if (!from && !until) return false;
        filters_.from = from;
        filters_.until = until;
        return true;
    }

    std::string_view text_;
    sys_days today_;
    const NameFinder& names_;
    Tokens tokens_;
    Filters filters_;
};

std::string day_text(sys_days date) {
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day{date};
    return fmt::format("{} {} {}", static_cast<unsigned>(day.day()), months[static_cast<unsigned>(day.month()) - 1],
                       static_cast<int>(day.year()));
}

}  // namespace

Filters read_filters(std::string_view text, sys_days today, const NameFinder& names) {
    return Question(text, today, names).read();
}

std::string describe(const Filters& filters) {
    std::vector<std::string> parts;
    if (!filters.person.empty()) parts.push_back("by " + filters.person);
    if (filters.show) parts.push_back("in " + filters.show_title);
    if (filters.from && filters.until && *filters.until - *filters.from == days{1}) {
        parts.push_back("from " + day_text(*filters.from));
    } else if (filters.from && filters.until) {
        parts.push_back(fmt::format("from {} to {}", day_text(*filters.from), day_text(*filters.until - days{1})));
    } else if (filters.from) {
        parts.push_back("since " + day_text(*filters.from));
    } else if (filters.until) {
        parts.push_back("before " + day_text(*filters.until));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace podbrief::search
