#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/doubles/ai/request_checks.hpp"
#include "tests/doubles/scripted_http.hpp"

namespace podbrief::testing {

// A server of embeddings behind a ScriptedHttp: strict about requests. Vectors are of length 5, made of the text's
// bytes; they come in reverse order, each with its index.
class EmbeddingsDouble {
public:
    EmbeddingsDouble(ScriptedHttp& http, const std::string& url, std::string key);
    EmbeddingsDouble(const EmbeddingsDouble&) = delete;
    EmbeddingsDouble& operator=(const EmbeddingsDouble&) = delete;

    std::size_t dimension = 4;
    std::function<std::vector<float>(const std::string& text)> vector_for;  // in place of bytes
    std::function<void(std::string& body)> spoil;                           // the answer, before it is sent
    int fail_with_status = 0;

    std::vector<std::string> breaches;
    std::vector<std::vector<std::string>> inputs;  // of each request
    std::vector<HttpRequest> requests;

private:
    HttpResult answer(const HttpRequest& request);
    std::string key_;
};

}  // namespace podbrief::testing
