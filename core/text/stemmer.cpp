#include "core/text/stemmer.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::text {
namespace {

std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0x9E3779B97F4A7C15ull ^ word.size();
    while (word.size() >= 8) {
        std::uint64_t eight;
        std::memcpy(&eight, word.data(), 8);
        hash = (hash ^ eight) * 0xFF51AFD7ED558CCDull;
        hash ^= hash >> 32;
        word.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, word.data(), word.size());
    hash = (hash ^ rest) * 0xFF51AFD7ED558CCDull;
    return hash ^ (hash >> 29);
}

}  // namespace

Stemmer::Stemmer() : snowball_(sb_stemmer_new("english", "UTF_8")), memory_(new Entry[entries]) {
    if (snowball_ == nullptr) throw std::runtime_error("libstemmer has no English");
}

Stemmer::~Stemmer() {
    sb_stemmer_delete(snowball_);
}

Stemmer& Stemmer::of_this_thread() {
    thread_local Stemmer stemmer;
    return stemmer;
}

bool Stemmer::work_out(std::string_view word) {
    // The country, not the pronoun.
    if (word == "US" || word == "U.S." || word == "U.S") {
        work_ = "usa";
        return false;
    }
    work_ = fold(word);
    for (std::size_t at = work_.find("\xE2\x80\x99"); at != std::string::npos; at = work_.find("\xE2\x80\x99", at)) {
        work_.replace(at, 3, "'");
    }
    const bool acronym = work_.size() >= 3 && work_[1] == '.' && is_ascii_letter(work_[0]) && is_ascii_letter(work_[2]);
    if (acronym) std::erase(work_, '.');
    if (is_stop_word(work_)) return true;
    if (std::none_of(work_.begin(), work_.end(), is_ascii_letter)) return false;
    const auto* stemmed =
        sb_stemmer_stem(snowball_, reinterpret_cast<const sb_symbol*>(work_.data()), static_cast<int>(work_.size()));
    if (stemmed == nullptr) throw std::bad_alloc();
    work_.assign(reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(snowball_)));
    return false;
}

Stemmer::Found Stemmer::look_up(std::string_view word) {
    if (word.size() > Entry::capacity || word.empty()) {
        const bool stop = work_out(word.substr(0, 1000));
        return {work_, stop};
    }
    Entry& entry = memory_[hash_of(word) % entries];
    if (entry.key_size == word.size() && std::memcmp(entry.key, word.data(), word.size()) == 0) {
        return {{entry.stem, entry.stem_size}, entry.stop};
    }
    const bool stop = work_out(word);
    if (work_.size() > Entry::capacity) return {work_, stop};
    entry.key_size = static_cast<std::uint8_t>(word.size());
    entry.stem_size = static_cast<std::uint8_t>(work_.size());
    entry.stop = stop;
    std::memcpy(entry.key, word.data(), word.size());
    std::memcpy(entry.stem, work_.data(), work_.size());
    return {{entry.stem, entry.stem_size}, stop};
}

}  // namespace podbrief::text
