#include "adapters/ai/openai_embedder.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "adapters/ai/exchange.hpp"

namespace podbrief::ai {
namespace {

using nlohmann::json;
using Vectors = std::vector<std::vector<float>>;

constexpr std::size_t longest_vectors = 32 << 20;  // 64 vectors of 4,096 numbers are 5 MiB
constexpr std::size_t most_dimensions = 65'536;

// At the end of a character, so that a cut text stays UTF-8.
void cut(std::string& text, std::size_t limit) {
    if (text.size() <= limit) return;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
    text.resize(limit);
}

bool make_unit(std::vector<float>& vector) {
    double sum = 0;
    for (const float x : vector) sum += static_cast<double>(x) * x;
    if (!(sum > 0) || !std::isfinite(sum)) return false;
    const auto scale = static_cast<float>(1 / std::sqrt(sum));
    for (float& x : vector) x *= scale;
    return true;
}

// nullopt: not a vector of numbers.
std::optional<std::vector<float>> vector_of(const json* numbers) {
    if (numbers == nullptr || !numbers->is_array() || numbers->empty() || numbers->size() > most_dimensions) {
        return std::nullopt;
    }
    std::vector<float> vector;
    vector.reserve(numbers->size());
    for (const json& number : *numbers) {
        if (!number.is_number()) return std::nullopt;
        vector.push_back(static_cast<float>(number.get<double>()));
    }
    if (!make_unit(vector)) return std::nullopt;
    return vector;
}

// https://platform.openai.com/docs/api-reference/embeddings; relied upon: data[].index, data[].embedding and,
// where it is there, usage.
std::optional<Embedder::Embedded> read(const std::string& body, std::size_t count) {
    const json answer = json::parse(body, nullptr, false);
    const json* data = find(answer, "data");
    if (data == nullptr || !data->is_array() || data->size() != count) return std::nullopt;
    Vectors vectors(count);
    for (const json& one : *data) {
        const json* index = find(one, "index");
        if (index == nullptr || !index->is_number_unsigned() || index->get<std::uint64_t>() >= count) {
            return std::nullopt;
        }
        auto vector = vector_of(find(one, "embedding"));
        std::vector<float>& place = vectors[index->get<std::size_t>()];
        if (!vector || !place.empty()) return std::nullopt;
        place = std::move(*vector);
    }
    Embedder::Embedded embedded;
    embedded.vectors = std::move(vectors);
    const json* usage = find(answer, "usage");
    if (usage != nullptr)
        embedded.tokens = std::max(count_at(*usage, "total_tokens"), count_at(*usage, "prompt_tokens"));
    return embedded;
}

Errc error_of(ChatFailure::Kind kind) {
    switch (kind) {
        case ChatFailure::Kind::retry_later:
            return Errc::unavailable;
        case ChatFailure::Kind::unauthorised:
        case ChatFailure::Kind::out_of_quota:
        case ChatFailure::Kind::refused:
            return Errc::refused;
        default:
            return Errc::invalid;
    }
}

}  // namespace

std::string OpenAiEmbedder::model() const {
    std::string model = endpoint_.model;
    if (settings_.dimension > 0) model += " of " + std::to_string(settings_.dimension);
    if (!settings_.passage_prefix.empty()) model += " after \"" + settings_.passage_prefix + "\"";
    return model;
}

asio::awaitable<Result<Embedder::Embedded>> OpenAiEmbedder::embed(std::vector<std::string> texts, Role role) {
    last_problem_.clear();
    const std::string& prefix = role == Role::query ? settings_.query_prefix : settings_.passage_prefix;
    Embedded all;
    all.vectors.reserve(texts.size());
    for (std::size_t begin = 0; begin < texts.size(); begin += settings_.batch) {
        std::vector<std::string> batch;
        for (std::size_t i = begin; i < std::min(texts.size(), begin + settings_.batch); ++i) {
            if (texts[i].empty()) {
                last_problem_ = "a text is empty";
                co_return Errc::invalid;
            }
            batch.push_back(prefix + texts[i]);
            cut(batch.back(), settings_.longest_text);
        }
        Result<Embedded> some = co_await embed_batch(std::move(batch));
        if (!some) co_return some.error();
        std::move(some->vectors.begin(), some->vectors.end(), std::back_inserter(all.vectors));
        all.tokens += some->tokens;
    }
    co_return all;
}

asio::awaitable<Result<Embedder::Embedded>> OpenAiEmbedder::embed_batch(std::vector<std::string> texts) {
    json body;
    body["model"] = endpoint_.model;
    body["input"] = texts;
    body["encoding_format"] = "float";
    if (settings_.dimension > 0) body["dimensions"] = settings_.dimension;
    Post what;
    what.path = "/embeddings";
    if (!endpoint_.key.empty()) what.headers.push_back({"Authorization", "Bearer " + endpoint_.key});
    what.body = to_text(body);
    what.deadline = settings_.deadline;
    what.longest_answer = longest_vectors;
    const Posted posted = co_await post(http_, clock_, endpoint_, std::move(what));
    if (!posted) {
        last_problem_ = posted.error().detail;
        co_return error_of(posted.error().kind);
    }
    std::optional<Embedded> embedded = read(*posted, texts.size());
    if (!embedded) {
        last_problem_ = "the answer has not one vector of numbers for each text";
        co_return Errc::invalid;
    }
    const Vectors& vectors = embedded->vectors;
    if (dimension_ == 0) dimension_ = vectors.front().size();
    const bool agree = std::all_of(vectors.begin(), vectors.end(),
                                   [this](const std::vector<float>& vector) { return vector.size() == dimension_; });
    if (!agree) {
        last_problem_ = "the vectors have another dimension than they should";
        co_return Errc::invalid;
    }
    co_return std::move(*embedded);
}

}  // namespace podbrief::ai
