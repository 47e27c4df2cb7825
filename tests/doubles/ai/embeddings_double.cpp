#include "tests/doubles/ai/embeddings_double.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace podbrief::testing {
namespace {

std::vector<double> vector_of_bytes(const std::string& text, std::size_t dimension) {
    std::vector<double> vector(dimension, 0.0);
    for (std::size_t i = 0; i < text.size(); ++i) vector[i % dimension] += static_cast<unsigned char>(text[i]);
    double sum = 0;
    for (const double x : vector) sum += x * x;
    for (double& x : vector) x *= 5 / std::sqrt(sum);
    return vector;
}

}  // namespace

EmbeddingsDouble::EmbeddingsDouble(ScriptedHttp& http, const std::string& url, std::string key) : key_(std::move(key)) {
    http.on(url + "/embeddings", [this](const HttpRequest& request, int) { return answer(request); });
}

HttpResult EmbeddingsDouble::answer(const HttpRequest& request) {
    requests.push_back(request);
    if (fail_with_status != 0) return answer_with("{\"error\":{\"message\":\"no\"}}", {}, fail_with_status);
    const auto found = breaches_of_embeddings(request, key_);
    breaches.insert(breaches.end(), found.begin(), found.end());
    if (!found.empty()) return answer_with("{}", {}, 400);
    const auto body = nlohmann::json::parse(request.body);
    const auto texts = body["input"].get<std::vector<std::string>>();
    inputs.push_back(texts);
    const std::size_t wide = body.value("dimensions", dimension);
    nlohmann::json data = nlohmann::json::array();
    for (std::size_t i = texts.size(); i-- > 0;) {
        nlohmann::json one = {{"object", "embedding"}, {"index", i}};
        if (vector_for) {
            one["embedding"] = vector_for(texts[i]);
        } else {
            one["embedding"] = vector_of_bytes(texts[i], wide);
        }
        data.push_back(std::move(one));
    }
    const nlohmann::json answer = {{"object", "list"},
                                   {"data", data},
                                   {"model", body["model"]},
                                   {"usage", {{"prompt_tokens", 6}, {"total_tokens", 6}}}};
    std::string out = answer.dump();
    if (spoil) spoil(out);
    return answer_with(std::move(out), {{"Content-Type", "application/json"}});
}

}  // namespace podbrief::testing
