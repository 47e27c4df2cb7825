#include "adapters/sqlite/json_columns.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/ports/store_failure.hpp"

namespace podbrief::sqlite {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T, class ToJson>
std::string list(const std::vector<T>& values, ToJson to_json_of) {
    Json array = Json::array();
    for (const T& value : values) array.push_back(to_json_of(value));
    return dumped(array);
}

// Runs a reader of parsed JSON; what is not as expected is a damaged row.
template <class Read>
auto parsed(std::string_view text, Read read) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& e) {
        throw StoreFailure(StoreFailure::Kind::corrupt, std::string("The database is damaged: a list in it cannot be "
                                                                    "read (") +
                                                            e.what() + "). Stop podbrief and restore a backup");
    }
}

template <class T, class FromJson>
std::vector<T> list_from(std::string_view text, FromJson from_json_of) {
    return parsed(text, [&](const Json& array) {
        std::vector<T> values;
        values.reserve(array.size());
        for (const Json& value : array) values.push_back(from_json_of(value));
        return values;
    });
}

std::string str(const Json& value) {
    return value.get<std::string>();
}
Millis millis(const Json& value) {
    return Millis{value.get<std::int64_t>()};
}
double finite(double value) {
    return std::isfinite(value) ? value : 0;
}

// Earlier versions kept one weight of a topic: 1 for following it, and what likes had moved it by since. When they did
// is not known.
void part_what_was_learnt(Profile& profile) {
    for (auto topic = profile.topics.begin(); topic != profile.topics.end();) {
        auto& [name, weight] = *topic;
        const double said = weight >= 1 ? 1 : 0;
        if (weight != said) profile.learnt[name] = {weight - said, WallTime{}};
        weight = said;
        topic = said == 0 ? profile.topics.erase(topic) : std::next(topic);
    }
}

// Segments and other long lists are arrays, not objects: shorter, and faster to read.
enum SegmentField { segment_start, segment_end, segment_kind, segment_speaker, segment_text };

}  // namespace

std::string to_json(const std::vector<Person>& persons) {
    return list(persons, [](const Person& p) { return Json{{"name", p.name}, {"role", p.role}}; });
}

std::vector<Person> persons_from(std::string_view json) {
    return list_from<Person>(json, [](const Json& j) { return Person{str(j.at("name")), str(j.at("role"))}; });
}

std::string to_json(const std::vector<TranscriptOffer>& offers) {
    return list(offers, [](const TranscriptOffer& o) {
        return Json{{"url", o.url}, {"type", o.type}, {"language", o.language}, {"rel", o.rel}};
    });
}

std::vector<TranscriptOffer> offers_from(std::string_view json) {
    return list_from<TranscriptOffer>(json, [](const Json& j) {
        return TranscriptOffer{str(j.at("url")), str(j.at("type")), str(j.at("language")), str(j.at("rel"))};
    });
}

std::string to_json(const std::vector<Soundbite>& soundbites) {
    return list(soundbites, [](const Soundbite& s) {
        return Json{{"start_ms", s.start.count()}, {"duration_ms", s.duration.count()}, {"title", s.title}};
    });
}

std::vector<Soundbite> soundbites_from(std::string_view json) {
    return list_from<Soundbite>(json, [](const Json& j) {
        return Soundbite{millis(j.at("start_ms")), millis(j.at("duration_ms")), str(j.at("title"))};
    });
}

std::string to_json(const std::vector<Chapter>& chapters) {
    return list(chapters, [](const Chapter& c) { return Json{{"start_ms", c.start.count()}, {"title", c.title}}; });
}

std::vector<Chapter> chapters_from(std::string_view json) {
    return list_from<Chapter>(json,
                              [](const Json& j) { return Chapter{millis(j.at("start_ms")), str(j.at("title"))}; });
}

std::string to_json(const std::vector<Segment>& segments) {
    return list(segments, [](const Segment& s) {
        return Json::array({s.start.count(), s.end.count(), static_cast<int>(s.kind), s.speaker, s.text});
    });
}

std::vector<Segment> segments_from(std::string_view json) {
    return list_from<Segment>(json, [](const Json& j) {
        Segment segment;
        segment.start = millis(j.at(segment_start));
        segment.end = millis(j.at(segment_end));
        segment.kind = static_cast<SegmentKind>(j.at(segment_kind).get<int>());
        segment.speaker = str(j.at(segment_speaker));
        segment.text = str(j.at(segment_text));
        return segment;
    });
}

std::string to_json(const std::vector<std::string>& texts) {
    return list(texts, [](const std::string& text) { return Json(text); });
}

std::vector<std::string> texts_from(std::string_view json) {
    return list_from<std::string>(json, str);
}

std::string to_json(const std::vector<InsightId>& ids) {
    return list(ids, [](InsightId id) { return Json(id.value); });
}

std::vector<InsightId> insight_ids_from(std::string_view json) {
    return list_from<InsightId>(json, [](const Json& j) { return InsightId{j.get<std::int64_t>()}; });
}

std::string rest_json(const ConversationState& state) {
    if (state.list == 0 && state.event.empty() && state.decided.empty()) return to_json(state.rest);
    Json json;
    json["rest"] = Json::array();
    for (const InsightId id : state.rest) json["rest"].push_back(id.value);
    json["list"] = state.list;
    json["event"] = state.event;
    json["decided"] = state.decided;
    return dumped(json);
}

void read_rest(std::string_view text, ConversationState& into) {
    parsed(text, [&](const Json& json) {
        const Json& ids = json.is_object() ? json.at("rest") : json;
        for (const Json& id : ids) into.rest.push_back(InsightId{id.get<std::int64_t>()});
        if (!json.is_object()) return;
        into.list = json.at("list").get<std::int64_t>();
        into.event = str(json.at("event"));
        into.decided = str(json.at("decided"));
    });
}

std::string to_json(const std::vector<BriefItem>& items) {
    return list(items, [](const BriefItem& item) {
        Json json{{"insight", item.insight.value},
                  {"cluster", item.cluster.value},
                  {"score", finite(item.score)},
                  {"interest", finite(item.reason.interest)},
                  {"quality", finite(item.reason.quality)},
                  {"freshness", finite(item.reason.freshness)},
                  {"matched", item.reason.matched},
                  {"outside_bubble", item.reason.outside_bubble},
                  {"update", item.reason.update},
                  {"disputed_by", item.reason.disputed_by},
                  {"weight", finite(item.reason.weight)},
                  {"liked", finite(item.reason.liked)},
                  {"against", finite(item.reason.against)},
                  {"fairness", finite(item.reason.fairness)},
                  {"sources", item.sources}};
        if (!item.reason.watched.empty()) json["watched"] = item.reason.watched;
        return json;
    });
}

std::vector<BriefItem> brief_items_from(std::string_view json) {
    return list_from<BriefItem>(json, [](const Json& j) {
        BriefItem item;
        item.insight.value = j.at("insight").get<std::int64_t>();
        item.cluster.value = j.at("cluster").get<std::int64_t>();
        item.score = j.at("score").get<double>();
        item.reason.interest = j.at("interest").get<double>();
        item.reason.quality = j.at("quality").get<double>();
        item.reason.freshness = j.at("freshness").get<double>();
        item.reason.matched = str(j.at("matched"));
        item.reason.outside_bubble = j.at("outside_bubble").get<bool>();
        item.reason.update = j.at("update").get<bool>();
        item.sources = j.at("sources").get<int>();
        if (j.contains("watched")) item.reason.watched = str(j.at("watched"));
        if (!j.contains("fairness")) return item;  // as earlier versions wrote it
        item.reason.disputed_by = str(j.at("disputed_by"));
        item.reason.weight = j.at("weight").get<double>();
        item.reason.liked = j.at("liked").get<double>();
        item.reason.against = j.at("against").get<double>();
        item.reason.fairness = j.at("fairness").get<double>();
        return item;
    });
}

std::string to_json(const Profile& profile) {
    Json json{{"topics", Json::object()},
              {"learnt", Json::object()},
              {"shows", Json::array()},
              {"persons", profile.persons},
              {"muted_topics", profile.muted_topics},
              {"muted_shows", Json::array()}};
    for (const auto& [topic, weight] : profile.topics) json["topics"][topic] = finite(weight);
    for (const auto& [topic, learnt] : profile.learnt) {
        json["learnt"][topic] = {{"weight", finite(learnt.weight)}, {"at_ms", to_ms(learnt.at)}};
    }
    for (const PodcastId show : profile.shows) json["shows"].push_back(show.value);
    for (const PodcastId show : profile.muted_shows) json["muted_shows"].push_back(show.value);
    for (const Watch& watch : profile.watches) json["watches"].push_back({watch.topic, watch.after.value});
    return dumped(json);
}

Profile profile_from(std::string_view json) {
    return parsed(json, [](const Json& j) {
        Profile profile;
        for (const auto& [topic, weight] : j.at("topics").items()) profile.topics[topic] = weight.get<double>();
        if (j.contains("learnt")) {
            for (const auto& [topic, learnt] : j.at("learnt").items()) {
                const WallTime at = from_ms(learnt.at("at_ms").get<std::int64_t>());
                profile.learnt[topic] = {learnt.at("weight").get<double>(), at};
            }
        } else {
            part_what_was_learnt(profile);
        }
        for (const Json& show : j.at("shows")) profile.shows.push_back({show.get<std::int64_t>()});
        for (const Json& person : j.at("persons")) profile.persons.push_back(str(person));
        for (const Json& topic : j.at("muted_topics")) profile.muted_topics.push_back(str(topic));
        for (const Json& show : j.at("muted_shows")) profile.muted_shows.push_back({show.get<std::int64_t>()});
        if (!j.contains("watches")) return profile;  // none, or written before there were any
        for (const Json& watch : j.at("watches")) {
            profile.watches.push_back({str(watch.at(0)), InsightId{watch.at(1).get<std::int64_t>()}});
        }
        return profile;
    });
}

}  // namespace podbrief::sqlite
