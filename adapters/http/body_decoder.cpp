#include "adapters/http/body_decoder.hpp"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace podbrief::net {
namespace {

using Problem = std::optional<ReadProblem>;
using Step = std::array<unsigned char, 64 * 1024>;

Problem damaged(std::string_view encoding) {
    return ReadProblem{HttpErrc::malformed, fmt::format("the {} data of the answer is damaged", encoding)};
}

Problem cut_short(std::string_view encoding) {
    return ReadProblem{HttpErrc::malformed, fmt::format("the {} data of the answer is cut short", encoding)};
}

Problem append(std::string_view bytes, std::string& out, std::size_t limit) {
    if (bytes.size() > limit - std::min(limit, out.size())) return too_large(limit);
    out.append(bytes);
    return std::nullopt;
}

class Identity final : public BodyDecoder {
public:
    Problem feed(std::string_view bytes, std::string& out, std::size_t limit) override {
        return append(bytes, out, limit);
    }
    Problem finish() override { return std::nullopt; }
};

// gzip (several members may follow one another), zlib and raw deflate.
class Inflate final : public BodyDecoder {
public:
    enum class Kind { gzip, deflate };

    explicit Inflate(Kind kind) : kind_(kind), name_(kind == Kind::gzip ? "gzip" : "deflate") {
        if (kind == Kind::gzip) start(15 + 16);
    }
    ~Inflate() override {
        if (started_) inflateEnd(&stream_);
    }
    Inflate(const Inflate&) = delete;
    Inflate& operator=(const Inflate&) = delete;

    Problem feed(std::string_view bytes, std::string& out, std::size_t limit) override {
        if (bytes.empty()) return std::nullopt;
        if (started_) return decode(bytes, out, limit);
        // "deflate" means zlib, but some servers send the raw stream: the first two bytes tell.
        head_.append(bytes);
        if (head_.size() < 2) return std::nullopt;
        const auto first = static_cast<unsigned char>(head_[0]);
        const auto second = static_cast<unsigned char>(head_[1]);
        const bool zlib = (first & 0x0F) == 8 && (first * 256 + second) % 31 == 0;
        start(zlib ? 15 : -15);
        const std::string all = std::exchange(head_, {});
        return decode(all, out, limit);
    }

    Problem finish() override {
        if (ended_ || (!any_ && head_.empty())) return std::nullopt;
        return cut_short(name_);
    }

private:
    void start(int window) {
        if (inflateInit2(&stream_, window) != Z_OK) throw std::runtime_error("zlib cannot start");
        started_ = true;
    }

    Problem decode(std::string_view bytes, std::string& out, std::size_t limit) {
        Step step;
        any_ = true;
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        for (;;) {
            if (ended_) {
                // Another member, or bytes behind the end, which are left out as gunzip does.
                if (kind_ != Kind::gzip || stream_.avail_in == 0 || *stream_.next_in != 0x1F) return std::nullopt;
                inflateReset(&stream_);
                ended_ = false;
            }
            stream_.next_out = step.data();
            stream_.avail_out = static_cast<uInt>(step.size());
            const int outcome = inflate(&stream_, Z_NO_FLUSH);
            const std::string_view got(reinterpret_cast<const char*>(step.data()), step.size() - stream_.avail_out);
            if (auto problem = append(got, out, limit)) return problem;
            if (outcome == Z_STREAM_END) {
                ended_ = true;
            } else if (outcome == Z_BUF_ERROR || (outcome == Z_OK && stream_.avail_in == 0 && stream_.avail_out != 0)) {
                return std::nullopt;  // all read
            } else if (outcome != Z_OK) {
                return damaged(name_);
            }
        }
    }

    Kind kind_;
    std::string_view name_;
    z_stream stream_{};
    std::string head_;
    bool started_ = false;
    bool any_ = false;
    bool ended_ = false;
};

class Brotli final : public BodyDecoder {
public:
    Brotli() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance) {
        if (!state_) throw std::bad_alloc();
    }

    Problem feed(std::string_view bytes, std::string& out, std::size_t limit) override {
        if (bytes.empty() || ended_) return std::nullopt;
        any_ = true;
        Step step;
        const auto* next_in = reinterpret_cast<const unsigned char*>(bytes.data());
        std::size_t available_in = bytes.size();
        for (;;) {
            unsigned char* next_out = step.data();
            std::size_t available_out = step.size();
            const auto outcome = BrotliDecoderDecompressStream(state_.get(), &available_in, &next_in, &available_out,
                                                               &next_out, nullptr);
            const std::string_view got(reinterpret_cast<const char*>(step.data()), step.size() - available_out);
            if (auto problem = append(got, out, limit)) return problem;
            if (outcome == BROTLI_DECODER_RESULT_ERROR) return damaged("br");
            if (outcome == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return std::nullopt;
            if (outcome == BROTLI_DECODER_RESULT_SUCCESS) {
                ended_ = true;
                return std::nullopt;
            }
        }
    }

    Problem finish() override {
        if (ended_ || !any_) return std::nullopt;
        return cut_short("br");
    }

private:
    std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state_;
    bool any_ = false;
    bool ended_ = false;
};

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        std::string word;
        for (const char c : list.substr(0, comma)) {
            if (c == ' ' || c == '\t') continue;
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        if (!word.empty()) out.push_back(std::move(word));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return out;
}

}  // namespace

ReadProblem too_large(std::size_t limit) {
    return {HttpErrc::too_large, fmt::format("the answer is larger than {} bytes", limit)};
}

ChosenDecoder choose_decoder(std::string_view content_encoding) {
    ChosenDecoder out;
    for (const auto& word : words_of(content_encoding)) {
        constexpr std::string_view unread[] = {"zstd", "compress", "x-compress", "dcb", "dcz"};
        if (std::find(std::begin(unread), std::end(unread), word) != std::end(unread)) {
            out.problem.detail = fmt::format("the answer is encoded as {}, which was not asked for", word);
            out.decoder = nullptr;
            return out;
        }
        const bool gzip = word == "gzip" || word == "x-gzip";
        if (!gzip && word != "deflate" && word != "br") continue;
        if (out.encoded) {
            out.problem.detail = "the answer is encoded more than once";
            out.decoder = nullptr;
            return out;
        }
        out.encoded = true;
        if (word == "br") {
            out.decoder = std::make_unique<Brotli>();
        } else {
            out.decoder = std::make_unique<Inflate>(gzip ? Inflate::Kind::gzip : Inflate::Kind::deflate);
        }
    }
    if (!out.encoded) out.decoder = std::make_unique<Identity>();
    return out;
}

}  // namespace podbrief::net
