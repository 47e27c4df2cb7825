#pragma once
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

// How a snapshot of the index is written and read: arrays of plain numbers as they lie in memory, each behind its
// length, and a checksum over all of it. Of this machine and this build only; the file's head sees to that.
namespace podbrief::index {

// Each step can be undone when the word is known, so no single word can be changed without changing the sum; other
// damage goes unnoticed once in 2^64. Against accidents, not against people.
class Checksum {
public:
    void add(std::span<const std::byte> bytes);
    std::uint64_t value() const { return sum_; }

private:
    std::uint64_t sum_ = 0x9AE16A3B2F90404FULL;
};

class Saving {
public:
    explicit Saving(std::FILE* file) : file_(file) {}

    template <class T>
    void numbers(const std::vector<T>& array) {
        static_assert(std::is_trivially_copyable_v<T>);
        begin(array.size());
        write(std::as_bytes(std::span(array)));
    }
    void number(std::uint64_t one) { begin(one); }
    void texts(const std::vector<std::string>& array);

    // Writes the sum. False: the disk did not take all.
    bool finish();

private:
    void begin(std::uint64_t count);
    void write(std::span<const std::byte> bytes);

    std::FILE* file_;
    Checksum sum_;
    bool good_ = true;
};

// After anything that is not as it was written, all that is read is empty.
class Loading {
public:
    // `size`: bytes of the file, against lengths that are none.
    Loading(std::FILE* file, std::uint64_t size) : file_(file), left_(size) {}

    template <class T>
    void numbers(std::vector<T>& array) {
        static_assert(std::is_trivially_copyable_v<T>);
        array.resize(count_of(sizeof(T)));
        if (!read(std::as_writable_bytes(std::span(array)))) array.clear();
    }
    std::uint64_t number();
    void texts(std::vector<std::string>& array);

    // Whether all was read, nothing is left, and the sum is right. Only then is anything of it to be used.
    bool finish();

private:
    std::size_t count_of(std::size_t bytes_each);
    bool read(std::span<std::byte> bytes);

    std::FILE* file_;
    std::uint64_t left_;
    Checksum sum_;
    bool good_ = true;
};

}  // namespace podbrief::index
