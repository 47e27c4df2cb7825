#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/digest.hpp"

namespace podbrief::search {

// A file of word vectors, as config/vectors/train.py would write it.
class VectorFile {
public:
    explicit VectorFile(std::uint32_t dimension) : dimension_(dimension) {}

    VectorFile& add(std::string word, std::vector<std::int8_t> row, float scale = 1) {
        words_.push_back({std::move(word), std::move(row), scale});
        return *this;
    }

    std::string bytes() const {
        std::string scales;
        std::string ends;
        std::string rows;
        std::string text;
        for (const Word& one : words_) {
            append(scales, std::bit_cast<std::uint32_t>(one.scale));
            text += one.text;
            append(ends, static_cast<std::uint32_t>(text.size()));
            for (const std::int8_t value : one.row) rows += static_cast<char>(value);
        }
        const std::string body = scales + ends + rows + text;
        std::string file = "podbrief vectors";
        append(file, 1);
        append(file, static_cast<std::uint32_t>(words_.size()));
        append(file, dimension_);
        append(file, static_cast<std::uint32_t>(text.size()));
        std::string model = "test";
        model.resize(32, '\0');
        return file + model + text::sha256_hex(body).substr(0, 16) + body;
    }

private:
    struct Word {
        std::string text;
        std::vector<std::int8_t> row;
        float scale;
    };

    static void append(std::string& bytes, std::uint32_t number) {
        for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
    }

    std::uint32_t dimension_;
    std::vector<Word> words_;
};

}  // namespace podbrief::search
