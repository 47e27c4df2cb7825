// Finding the insights on a topic, with what narrows it, and looking them up where there are none.
#include "core/services/responder_pool.hpp"

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/briefs/zones.hpp"
#include "core/search/find.hpp"
#include "core/services/known_people.hpp"
#include "core/services/lookup.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {

using commands::Command;
using commands::ListItem;
using commands::ListPage;

namespace {

constexpr std::size_t enough_found = 3;  // with fewer, the transcripts are asked too

// The words of the insights' index, and those that are said without being in any insight.
class HeardWords final : public KnownWords {
public:
    HeardWords(const KnownWords& index, const std::map<std::string, std::size_t>& said) : index_(index), said_(said) {}

    std::size_t document_frequency(std::string_view stem) const override {
        const std::size_t frequency = index_.document_frequency(stem);
        const auto said = said_.find(std::string(stem));
        return frequency > 0 || said == said_.end() ? frequency : said->second;
    }
    std::vector<std::string> near_stems(std::string_view stem, int distance) const override {
        return index_.near_stems(stem, distance);
    }
    std::vector<KnownWord> near_words(std::string_view folded, int distance) const override {
        return index_.near_words(folded, distance);
    }

private:
    const KnownWords& index_;
    const std::map<std::string, std::size_t>& said_;
};

std::optional<WallTime> begin_of(std::optional<std::chrono::sys_days> day, const Turn& turn) {
    if (!day) return std::nullopt;
    return briefs::instant_of(std::chrono::year_month_day{*day}, std::chrono::minutes{0}, turn.reader.time_zone);
}

asio::awaitable<search::Filters> filters_of(Desk& desk, const Turn& turn, std::string text) {
    std::vector<commands::NamedShow> shows;
    const std::string folded = text::fold(text);
    const auto mentions = [&](const char* word) { return folded.find(word) != std::string::npos; };
    if (mentions(" in ") || mentions(" on ") || mentions(" from ")) {
        const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
        shows = named(subscriptions);
    }
    search::NameFinder names;
    names.show = [&](std::string_view typed, bool surely) -> std::optional<search::NameFinder::Show> {
        const auto show = show_named(shows, typed, surely);
        if (!show) return std::nullopt;
        return search::NameFinder::Show{show->id, show->title};
    };
    if (desk.people) {
        names.person = [&](std::string_view typed, bool surely) { return desk.people->find(typed, surely); };
    }
    const auto zone = briefs::system_zones().find_or_utc(turn.reader.time_zone);
    const std::chrono::sys_days today{zone->to_local(turn.now).day.time_since_epoch()};
    co_return search::read_filters(text, today, names);
}

asio::awaitable<void> search_with(Desk& desk, const Turn& turn, const KnownWords& words, TopicPool& found) {
    found.query = search::understand(found.filters.topic, words);
    found.pool = Pool();
    if (found.query.terms.empty()) co_return;
    const bool filtered = !found.unfiltered;
    search::FindOptions options;
    options.limit = longest_list;
    options.now = turn.now;
    if (filtered) {
        options.podcast = found.filters.show;
        options.speaker = text::fold(found.filters.person);
        options.published_from = begin_of(found.filters.from, turn);
        options.published_until = begin_of(found.filters.until, turn);
    }
    search::Found hits = search::find(desk.index, found.query, options);
    found.pool = co_await load(desk, std::move(hits.hits));
}

asio::awaitable<void> search_and_look_up(Desk& desk, const Turn& turn, TopicPool& found) {
    co_await search_with(desk, turn, desk.index, found);
    if (!desk.lookup || (found.query.terms.empty() && found.query.unknown.empty())) co_return;
    Lookup::Question question;
    question.text = found.filters.topic;
    if (!found.unfiltered) {
        question.podcast = found.filters.show;
        question.speaker = text::fold(found.filters.person);
        question.published_from = begin_of(found.filters.from, turn);
        question.published_until = begin_of(found.filters.until, turn);
    }
    // What looks like a slip may be a word that is said, only not in an insight: the transcripts tell.
    bool unsure = !found.query.note.empty();
    for (bool few = false; !few;) {
        few = found.pool.candidates.size() < enough_found;
        if (!few && !unsure) co_return;
        question.most = few ? page_size : 0;
        Lookup::Answer answer = co_await desk.lookup->look_up(question);
        found.spoken = std::move(answer.spoken);
        if (answer.insights.empty() && !unsure) co_return;
        if (unsure) {
            const HeardWords words(desk.index, answer.said);
            co_await search_with(desk, turn, words, found);
        } else {
            co_await search_with(desk, turn, desk.index, found);
        }
        unsure = false;
    }
}

}  // namespace

std::vector<ListItem> Pool::items(const std::vector<search::Candidate>& chosen) const {
    std::vector<ListItem> items;
    for (const search::Candidate& candidate : chosen) items.push_back(item(candidate));
    return items;
}

asio::awaitable<Pool> load(Desk& desk, std::vector<SearchHit> hits) {
    std::vector<InsightId> ids;
    for (const SearchHit& hit : hits) ids.push_back(hit.insight);
    std::vector<InsightDetail> details = co_await desk.library.details(std::move(ids));
    Pool pool;
    for (InsightDetail& detail : details) {
        if (detail.insight.superseded) continue;  // the index has not heard of it yet
        const InsightId id = detail.insight.id;
        pool.details.emplace(id, std::move(detail));
    }
    for (const SearchHit& hit : hits) {
        const auto found = pool.details.find(hit.insight);
        if (found == pool.details.end()) continue;
        search::Candidate candidate;
        candidate.insight = found->second.insight;
        candidate.score = hit.score;
        pool.candidates.push_back(std::move(candidate));
    }
    co_return pool;
}

asio::awaitable<std::optional<InsightDetail>> detail_of(Desk& desk, InsightId id) {
    std::vector<InsightId> wanted(1, id);
    std::vector<InsightDetail> details = co_await desk.library.details(std::move(wanted));
    if (details.empty()) co_return std::nullopt;
    co_return std::move(details.front());
}

asio::awaitable<TopicPool> find_topic(Desk& desk, const Turn& turn, std::string text) {
    TopicPool found;
    found.filters = co_await filters_of(desk, turn, std::move(text));
    co_await search_and_look_up(desk, turn, found);
    if (found.pool.candidates.empty() && found.filters.any()) {
        found.unfiltered = true;
        co_await search_and_look_up(desk, turn, found);
    }
    co_return found;
}

void name_topic(ListPage& page, const TopicPool& found, const Turn& turn) {
    page.subject = found.query.topic;
    page.note = found.query.note;
    page.followed = follows(turn.reader.profile, page.subject);
    const std::string narrowed = search::describe(found.filters);
    if (found.unfiltered) {
        page.not_narrowed = narrowed;
    } else {
        page.narrowed = narrowed;
    }
}

Reply nothing_on(const Desk& desk, const Turn& turn, const TopicPool& found, const Command& command) {
    const search::UnderstoodQuery& query = found.query;
    commands::NothingFound what;
    what.topic = query.topic;
    what.unknown = query.unknown;
    // Where no word of the topic is known, naming the topic has said it already.
    if (fmt::format("{}", fmt::join(what.unknown, " ")) == what.topic) what.unknown.clear();
    what.did_you_mean = command.bare ? command.suggestion : std::string{};
    what.library_is_empty = desk.index.size() == 0;
    what.followed = follows(turn.reader.profile, query.topic);
    what.watched = briefs::watches(turn.reader.profile, query.topic);
    what.spoken = found.spoken;
    return commands::nothing_found(what);
}

ListPage begin_list(Turn& turn, const Subject& subject, std::vector<ListItem> items, std::size_t size) {
    ListPage page;
    ConversationState list;
    list.topic = to_kept(subject);
    for (const ListItem& item : items) {
        page.supports = page.supports || item.relation == Relation::supports;
        page.disputes = page.disputes || item.relation == Relation::disputes;
        auto& ids = list.listed.size() < size ? list.listed : list.rest;
        ids.push_back(item.detail.insight.id);
    }
    page.left = list.rest.size();
    begin_list(turn, std::move(list));
    page.list = turn.state.list;
    if (items.size() > size) items.erase(items.begin() + static_cast<std::ptrdiff_t>(size), items.end());
    page.items = std::move(items);
    return page;
}

Subject on_topic(std::string topic) {
    Subject subject;
    subject.kind = Subject::Kind::topic;
    subject.topic = std::move(topic);
    return subject;
}

}  // namespace podbrief::services
