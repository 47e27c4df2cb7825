#include "core/services/embedding_note.hpp"

#include <fmt/format.h>

#include <sstream>

namespace podbrief::services {
namespace {

void append(std::string& text, const search::Fusion& fusion) {
    text += fmt::format("{} {} {} {} {}\n", fusion.least_near, fusion.first_near, fusion.near_enough,
                        fusion.near_to_first, fusion.near_with_first);
}

void read(std::istream& in, search::Fusion& fusion) {
    in >> fusion.least_near >> fusion.first_near >> fusion.near_enough >> fusion.near_to_first >>
        fusion.near_with_first;
    fusion.some_have_none = true;
}

}  // namespace

std::string to_text(const EmbeddingNote& note) {
    std::string text = fmt::format("{}\n{} {} {} {} {}\n", note.model, note.come_to, note.weighed,
                                   note.fit.useful ? 1 : 0, note.fit.built_in_order, note.fit.model_order);
    append(text, note.fit.on_topic);
    append(text, note.fit.between);
    return text;
}

EmbeddingNote embedding_note_from(const std::string& text) {
    EmbeddingNote note;
    std::istringstream in(text);
    std::getline(in, note.model);
    note.fit.between = search::Fusion{};
    in >> note.come_to >> note.weighed >> note.fit.useful >> note.fit.built_in_order >> note.fit.model_order;
    read(in, note.fit.on_topic);
    read(in, note.fit.between);
    if (!in) return {};
    return note;
}

}  // namespace podbrief::services
