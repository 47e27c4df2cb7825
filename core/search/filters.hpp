#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"
#include "core/search/past_days.hpp"

namespace podbrief::search {

// What a question asks besides its topic: "chips from last week", "what did Ben Okri say about rust", "tests in Go
// Time since march".
struct Filters {
    std::string topic;  // what is left of the question
    std::optional<PodcastId> show;
    std::string show_title;
    std::string person;                          // as the library spells the name; empty: anybody
    std::optional<std::chrono::sys_days> from;   // days of the reader's calendar
    std::optional<std::chrono::sys_days> until;  // itself not among them

    bool any() const { return show || !person.empty() || from || until; }
    bool operator==(const Filters&) const = default;
};

// Who and what is known by name. Either may be empty: then such filters are not looked for.
struct NameFinder {
    struct Show {
        PodcastId id;
        std::string title;
    };
    // `surely`: the text says that it is a show ("in the podcast x"), so part of its title will do.
    std::function<std::optional<Show>(std::string_view typed, bool surely)> show;
    // The name as the library spells it, of somebody who is heard there. `surely`: by what is asked, it must be a
    // person ("what did x say about"), so a last name that only one has will do.
    std::function<std::optional<std::string>(std::string_view typed, bool surely)> person;
};

// Takes the filters out of a question. What could be one but names nobody and no day stays in the topic; a topic is
// always left. Pure, as far as `names` is.
Filters read_filters(std::string_view text, std::chrono::sys_days today, const NameFinder& names);

// "by Ben Okri, in Go Time, from 16 Nov 2026 to 22 Nov 2026"; empty without filters.
std::string describe(const Filters& filters);

}  // namespace podbrief::search
