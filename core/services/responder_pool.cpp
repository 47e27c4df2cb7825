// Finding the insights on a topic, with what narrows it, and looking them up where there are none.
#include "core/services/responder_pool.hpp"

#include "core/async/run_on.hpp"
#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/briefs/zones.hpp"
#include "core/search/find.hpp"
#include "core/search/on_one_topic.hpp"
#include "core/search/related.hpp"
#include "core/services/known_people.hpp"
#include "core/services/lookup.hpp"
#include "core/services/meanings.hpp"
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

asio::awaitable<search::Filters> filters_of(Shelf& shelf, const Turn& turn, std::string text) {
    std::vector<commands::NamedShow> shows;
    const std::string folded = text::fold(text);
    const auto mentions = [&](const char* word) { return folded.find(word) != std::string::npos; };
    if (mentions(" in ") || mentions(" on ") || mentions(" from ")) {
        const std::vector<Subscription> subscriptions = co_await shelf.library.subscriptions();
        shows = named(subscriptions);
    }
    search::NameFinder names;
    names.show = [&](std::string_view typed, bool surely) -> std::optional<search::NameFinder::Show> {
        const auto show = show_named(shows, typed, surely);
        if (!show) return std::nullopt;
        return search::NameFinder::Show{show->id, show->title};
    };
    if (shelf.people) {
        names.person = [&](std::string_view typed, bool surely) { return shelf.people->find(typed, surely); };
    }
    const auto zone = briefs::system_zones().find_or_utc(turn.reader.time_zone);
    const std::chrono::sys_days today{zone->to_local(turn.now).day.time_since_epoch()};
    co_return search::read_filters(text, today, names);
}

asio::awaitable<void> search_with(Shelf& shelf, const Turn& turn, const KnownWords& words, TopicPool& found) {
    found.query = search::understand(found.filters.topic, words, {shelf.acronyms});
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
    if (shelf.meanings) options.meaning = co_await shelf.meanings->of_topic(found.query.topic);
    search::Found hits = search::find(shelf.index, found.query, options);
    found.pool = co_await load(shelf, std::move(hits.hits));
}

asio::awaitable<void> search_and_look_up(Shelf& shelf, const Turn& turn, TopicPool& found) {
    co_await search_with(shelf, turn, shelf.index, found);
    if (!shelf.lookup || (found.query.terms.empty() && found.query.unknown.empty())) co_return;
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
        Lookup::Answer answer = co_await shelf.lookup->look_up(question);
        found.spoken = std::move(answer.spoken);
        if (answer.insights.empty() && !unsure) co_return;
        if (unsure) {
            const HeardWords words(shelf.index, answer.said);
            co_await search_with(shelf, turn, words, found);
        } else {
            co_await search_with(shelf, turn, shelf.index, found);
        }
        unsure = false;
    }
}

// Judging forty insights takes a millisecond or two: long for a thread on which others wait to be heard.
template <class About>
asio::awaitable<search::BalancedViews> balance_on(Shelf& shelf, About about,
                                                  std::vector<search::Candidate> candidates) {
    auto job = [about = std::move(about), candidates = std::move(candidates)]() mutable {
        return search::balance(about, std::move(candidates), longest_list);
    };
    if (!shelf.heavy) co_return job();
    co_return co_await run_on(shelf.heavy, std::move(job));
}

}  // namespace

asio::awaitable<search::BalancedViews> balance(Shelf& shelf, std::string topic,
                                               std::vector<search::Candidate> candidates) {
    return balance_on(shelf, std::move(topic), std::move(candidates));
}

asio::awaitable<search::BalancedViews> balance(Shelf& shelf, Insight head, std::vector<search::Candidate> candidates) {
    return balance_on(shelf, std::move(head), std::move(candidates));
}

asio::awaitable<std::map<InsightId, search::RelationGuess>> judged_towards(Shelf& shelf, InsightId head) {
    std::map<InsightId, search::RelationGuess> known;
    if (shelf.relations == nullptr) co_return known;
    const std::vector<InsightRelation> relations = co_await shelf.relations->relations_to(head);
    for (const InsightRelation& r : relations) known[r.insight] = {r.relation, r.confidence};
    co_return known;
}

namespace {

// With what was judged of them before.
asio::awaitable<Pool> load_judged(Shelf& shelf, InsightId head, std::vector<SearchHit> hits) {
    const std::map<InsightId, search::RelationGuess> judged = co_await judged_towards(shelf, head);
    Pool pool = co_await load(shelf, std::move(hits));
    for (search::Candidate& candidate : pool.candidates) {
        if (const auto found = judged.find(candidate.insight.id); found != judged.end())
            candidate.judged = found->second;
    }
    co_return pool;
}

}  // namespace

asio::awaitable<Pool> find_related(Shelf& shelf, const Insight& head) {
    search::RelatedOptions options;
    options.limit = longest_list;
    if (shelf.meanings) options.meaning = shelf.meanings->of_insight(head.id);
    std::vector<SearchHit> hits = search::related(shelf.index, head, options);
    co_return co_await load_judged(shelf, head.id, std::move(hits));
}

asio::awaitable<Pool> find_close(Shelf& shelf, const Insight& head) {
    constexpr std::size_t looked_at = 16;
    constexpr std::size_t most = 12;
    const std::vector<search::CloseHit> close = search::close_to(shelf.index, head, looked_at);
    if (close.empty()) co_return Pool();
    std::vector<SearchHit> hits;
    for (const search::CloseHit& one : close) hits.push_back(one.hit);
    Pool pool = co_await load_judged(shelf, head.id, std::move(hits));
    const std::vector<std::string> labels = search::telling_labels(head);
    std::vector<search::Candidate> chosen;
    auto how_close = close.begin();
    for (search::Candidate& candidate : pool.candidates) {
        while (how_close->hit.insight != candidate.insight.id) ++how_close;  // in the same order, some are gone
        if (chosen.size() == most || !search::are_on_one_topic(labels, candidate.insight, *how_close)) continue;
        chosen.push_back(std::move(candidate));
    }
    pool.candidates = std::move(chosen);
    co_return pool;
}

std::vector<ListItem> Pool::items(const std::vector<search::Candidate>& chosen) const {
    std::vector<ListItem> items;
    for (const search::Candidate& candidate : chosen) items.push_back(item(candidate));
    return items;
}

asio::awaitable<Pool> load(Shelf& shelf, std::vector<SearchHit> hits) {
    std::vector<InsightId> ids;
    for (const SearchHit& hit : hits) ids.push_back(hit.insight);
    std::vector<InsightDetail> details = co_await shelf.library.details(std::move(ids));
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

asio::awaitable<std::optional<InsightDetail>> detail_of(Shelf& shelf, InsightId id) {
    std::vector<InsightId> wanted(1, id);
    std::vector<InsightDetail> details = co_await shelf.library.details(std::move(wanted));
    if (details.empty()) co_return std::nullopt;
    co_return std::move(details.front());
}

asio::awaitable<TopicPool> find_topic(Shelf& shelf, const Turn& turn, std::string text) {
    TopicPool found;
    found.filters = co_await filters_of(shelf, turn, std::move(text));
    co_await search_and_look_up(shelf, turn, found);
    if (found.pool.candidates.empty() && found.filters.any()) {
        found.unfiltered = true;
        co_await search_and_look_up(shelf, turn, found);
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
