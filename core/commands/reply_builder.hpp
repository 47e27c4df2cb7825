#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/briefs/profile.hpp"
#include "core/commands/command.hpp"
#include "core/model/action.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"
#include "core/ports/library_store.hpp"

namespace podbrief::commands {

// Replies from what was found: pure functions, the same words on every platform.

// ---- lists of insights ---------------------------------------------------------------------------------------------

InsightCard card_of(const InsightDetail& detail, int number);

// `details` are those of the brief's items, in any order; items without one are left out (withdrawn since).
Reply brief_reply(const Brief& brief, const std::vector<InsightDetail>& details, const Reader& reader);
// `brief 2026-03-03` where there is none; `day` in words. `latest`: key of a brief that there is; empty: none.
Reply no_brief_of(std::string_view day, std::string_view latest);
Reply day_to_come(std::string_view day);
Reply bad_brief_day(std::string_view typed);

struct ListItem {
    InsightDetail detail;
    std::optional<Relation> relation;  // nullopt: not sure enough for a label
};

// A page of a list.
struct ListPage {
    std::string subject;          // topic in the reader's words; for `more on 3` the head's most telling topic
    bool of_insight = false;      // the list is about another insight, not about a topic
    int head_number = 0;          // the number by which that was asked for; 0: none
    std::string head_text;        // of that insight
    bool by_button = false;       // which stands under that insight, maybe in an older message
    std::int64_t list = 0;        // the list's number in its conversation, for the button that goes on with it
    std::vector<ListItem> items;  // of this page
    int first_number = 1;
    std::size_t left = 0;   // how many `more` would still show
    bool supports = false;  // the whole list, later pages included, holds such a view
    bool disputes = false;
    std::string note;               // "Showing results for semiconductors."
    bool followed = false;          // the subject is among the reader's topics
    std::string narrowed = {};      // what the list was narrowed to: "by Ben Okri, since 16 Nov 2026"; empty: nothing
    std::string not_narrowed = {};  // what was asked for besides, and of which there is nothing
};

Reply topic_reply(const ListPage& page);      // `more on <topic>` and `more on 3`: the first page
Reply next_page_reply(const ListPage& page);  // `more`
// `against 3`, `other side`. `by_stance_only`: none disputes it outright.
Reply against_reply(const ListPage& page, bool by_stance_only);
Reply disagreement_reply(const ListPage& in_favour, const ListPage& against);
Reply saved_reply(const ListPage& page);

struct NothingFound {
    std::string topic;
    std::vector<std::string> unknown;  // words that no insight holds
    std::string did_you_mean;          // a command; empty: none
    bool library_is_empty = false;
    bool followed = false;
    bool watched = false;
    std::vector<InsightDetail> spoken = {};  // where it is spoken of all the same: quote, speaker, moment
};
Reply nothing_found(const NothingFound& what);
Reply nothing_related(int number, std::string_view topic);
Reply nothing_more(std::string_view subject, bool was_brief);
Reply old_list();  // the button of a list that another one has replaced

// ---- one insight ---------------------------------------------------------------------------------------------------

// `item` is what the latest brief holds of it; nullptr: it was not in a brief. `subject`: what the list it is in was
// about.
Reply why_reply(int number, const InsightDetail& detail, const BriefItem* item, std::string_view subject, WallTime now);
// Why each of a brief was chosen, in one line each.
struct Chosen {
    int number = 0;
    std::string text;  // the claim
    Reason reason;
};
Reply why_all_reply(const std::vector<Chosen>& items);
// `echoes`: the same claim in other episodes.
Reply quote_reply(int number, const InsightDetail& detail, const std::vector<InsightDetail>& echoes);
Reply learned_reply(FeedbackKind kind, bool again, const std::vector<briefs::Learned>& learned);
Reply saved_one_reply(int number, bool again);
Reply reported_reply(int number, bool again);
// A few words for whoever pressed such a button. `full`: no more can be muted.
std::string toggled_words(Action::Kind kind, bool on, std::string_view topic, bool full);
Reply which_one(std::string_view verb, std::size_t listed);  // a number is missing
Reply no_such_number(int number, std::size_t listed);
Reply withdrawn(int number);  // 0: it has none in the latest list

// ---- profile and settings ------------------------------------------------------------------------------------------

struct NamedShow {
    PodcastId id;
    std::string title;
    std::string problem;  // of its last poll; empty: none
};

struct Followed {
    Verb verb = Verb::follow;  // follow, unfollow or mute
    Target target = Target::topic;
    std::string name;
    briefs::Change change = briefs::Change::done;
    std::optional<std::size_t> found;  // how many insights there are on the topic
};
Reply followed_reply(const Followed& what);
struct Watched {
    std::string topic;
    bool watch = true;  // false: not any more
    briefs::Change change = briefs::Change::done;
    std::size_t found = 0;  // insights that there are on it already
};
Reply watched_reply(const Watched& what);
Reply no_such_show(std::string_view name);
// How the library writes a topic that the profile keeps in lower case ("AI"). Empty: as it is kept.
using TopicWriting = std::function<std::string(const std::string& topic)>;
Reply topics_reply(const Profile& profile, WallTime now, const TopicWriting& written = {});
// `weigh <topic> <weight>`; without a weight, what it weighs.
struct Weighed {
    std::string topic;
    std::optional<double> wanted;  // as typed; nullopt: none was
    double before = 0;
    double after = 0;
    briefs::Change change = briefs::Change::was_so;
};
Reply weighed_reply(const Weighed& what);
Reply shows_reply(const Profile& profile, const std::vector<NamedShow>& shows);
Reply settings_reply(const Reader& reader, const std::vector<NamedShow>& shows, WallTime next_brief);
Reply schedule_reply(const Reader& reader, WallTime next_brief);  // after at, in, weekdays, quiet, pause, resume
Reply bad_time(std::string_view typed);
Reply bad_zone(std::string_view typed);
Reply bad_day(std::string_view typed);
Reply bad_quiet_hours(std::string_view typed);

struct KeptInsight {
    FeedbackKind kind = FeedbackKind::save;
    InsightDetail detail;
};
// The profile as lines that can be sent again, and what was liked, saved and reported.
Reply export_reply(const Reader& reader, const std::vector<NamedShow>& shows, const std::vector<KeptInsight>& kept,
                   WallTime now);
Reply forget_question(const Reader& reader);
Reply forgotten();

// ---- the rest ------------------------------------------------------------------------------------------------------

Reply add_needs_address(std::string_view typed);
Reply add_is_for_the_operator(std::string_view url);
Reply added_reply(std::string_view title, bool created);
Reply add_failed(std::string_view url, std::string_view problem);
Reply hello_reply(const Reader& reader, bool library_is_empty);
Reply help_reply();
Reply thanks_reply();
Reply only_on_platforms();  // commands about chats, where there is but one
Reply nothing_typed();
Reply too_long();
Reply unknown_command(std::string_view suggestion);

// "until you resume" is kept as this instant.
inline constexpr WallTime paused_for_good = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

}  // namespace podbrief::commands
