#include "adapters/index/archive.hpp"

#include <cstring>

namespace podbrief::index {

void Checksum::add(std::span<const std::byte> bytes) {
    const auto add_word = [this](std::uint64_t word) {
        sum_ = (sum_ ^ word) * 0x9E3779B97F4A7C15ULL;
        sum_ ^= sum_ >> 32;
    };
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data(), 8);
        add_word(word);
    }
    std::uint64_t rest = 0;
    if (!bytes.empty()) std::memcpy(&rest, bytes.data(), bytes.size());
    if (!bytes.empty()) add_word(rest);
}

void Saving::begin(std::uint64_t count) {
    write(std::as_bytes(std::span(&count, 1)));
}

void Saving::write(std::span<const std::byte> bytes) {
    if (bytes.empty()) return;  // an empty array may have no address
    sum_.add(bytes);
    good_ = good_ && std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
}

void Saving::texts(const std::vector<std::string>& array) {
    std::vector<std::uint32_t> lengths;
    std::vector<char> letters;
    lengths.reserve(array.size());
    for (const std::string& text : array) {
        lengths.push_back(static_cast<std::uint32_t>(text.size()));
        letters.insert(letters.end(), text.begin(), text.end());
    }
    numbers(lengths);
    numbers(letters);
}

bool Saving::finish() {
    const std::uint64_t sum = sum_.value();
    return std::fwrite(&sum, 1, sizeof sum, file_) == sizeof sum && std::fflush(file_) == 0 && good_;
}

std::uint64_t Loading::number() {
    std::uint64_t one = 0;
    return read(std::as_writable_bytes(std::span(&one, 1))) ? one : 0;
}

std::size_t Loading::count_of(std::size_t bytes_each) {
    const std::uint64_t count = number();
    good_ = good_ && count <= left_ / bytes_each;
    return good_ ? static_cast<std::size_t>(count) : 0;
}

bool Loading::read(std::span<std::byte> bytes) {
    if (bytes.empty()) return good_;
    good_ = good_ && bytes.size() <= left_ && std::fread(bytes.data(), 1, bytes.size(), file_) == bytes.size();
    if (!good_) return false;
    left_ -= bytes.size();
    sum_.add(bytes);
    return true;
}

void Loading::texts(std::vector<std::string>& array) {
    std::vector<std::uint32_t> lengths;
    std::vector<char> letters;
    numbers(lengths);
    numbers(letters);
    std::uint64_t sum = 0;
    for (const std::uint32_t length : lengths) sum += length;
    good_ = good_ && sum == letters.size();
    array.clear();
    if (!good_) return;
    array.reserve(lengths.size());
    const char* at = letters.data();
    for (const std::uint32_t length : lengths) {
        array.emplace_back(at, length);
        at += length;
    }
}

bool Loading::finish() {
    const std::uint64_t wanted = sum_.value();
    std::uint64_t sum = 0;
    if (!read(std::as_writable_bytes(std::span(&sum, 1)))) return false;
    return sum == wanted && left_ == 0;
}

}  // namespace podbrief::index
