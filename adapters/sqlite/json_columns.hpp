#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/brief.hpp"
#include "core/model/episode.hpp"
#include "core/model/podcast.hpp"
#include "core/model/reader.hpp"
#include "core/model/transcript.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::sqlite {

// Lists that are read and written whole, as the text of a *_json column. Bytes that are not UTF-8 become U+FFFD. The
// readers throw StoreFailure{corrupt} for what was not written by the writers.

std::string to_json(const std::vector<Person>& persons);
std::string to_json(const std::vector<TranscriptOffer>& offers);
std::string to_json(const std::vector<Soundbite>& soundbites);
std::string to_json(const std::vector<Chapter>& chapters);
std::string to_json(const std::vector<Segment>& segments);
std::string to_json(const std::vector<std::string>& texts);
std::string to_json(const std::vector<InsightId>& ids);
std::string to_json(const std::vector<BriefItem>& items);
std::string to_json(const Profile& profile);

std::vector<Person> persons_from(std::string_view json);
std::vector<TranscriptOffer> offers_from(std::string_view json);
std::vector<Soundbite> soundbites_from(std::string_view json);
std::vector<Chapter> chapters_from(std::string_view json);
std::vector<Segment> segments_from(std::string_view json);
std::vector<std::string> texts_from(std::string_view json);
std::vector<InsightId> insight_ids_from(std::string_view json);

// All of a conversation but topic and list. A bare array is the rest alone, as earlier versions wrote it.
std::string rest_json(const ConversationState& state);
void read_rest(std::string_view json, ConversationState& into);
std::vector<BriefItem> brief_items_from(std::string_view json);
Profile profile_from(std::string_view json);

}  // namespace podbrief::sqlite
