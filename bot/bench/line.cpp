#include "bot/bench/line.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <charconv>

namespace podbrief::bot::bench {
namespace {

constexpr std::size_t longest_answer = 64 << 10;
constexpr std::string_view end_of_head = "\r\n\r\n";

std::size_t number_in(std::string_view text) {
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

[[noreturn]] void not_an_answer() {
    throw boost::system::system_error(asio::error::invalid_argument, "not an answer of HTTP/1.1");
}

}  // namespace

asio::awaitable<void> Line::open(std::uint16_t port) {
    const asio::ip::tcp::endpoint there(asio::ip::address_v4::loopback(), port);
    co_await socket_.async_connect(there, asio::use_awaitable);
    socket_.set_option(asio::ip::tcp::no_delay(true));
}

asio::awaitable<Line::Answer> Line::exchange(std::string_view request) {
    co_await asio::async_write(socket_, asio::buffer(request.data(), request.size()), asio::use_awaitable);
    auto into = asio::dynamic_buffer(read_, longest_answer);
    const std::size_t head = co_await asio::async_read_until(socket_, into, end_of_head, asio::use_awaitable);
    Answer answer;
    const std::string_view lines = std::string_view(read_).substr(0, head);
    if (!lines.starts_with("HTTP/1.1 ")) not_an_answer();
    answer.status = static_cast<int>(number_in(lines.substr(9)));
    constexpr std::string_view mark = "\r\nContent-Length: ";
    const auto length_at = lines.find(mark);
    if (length_at == std::string_view::npos) not_an_answer();
    const std::size_t length = number_in(lines.substr(length_at + mark.size()));
    if (head + length > longest_answer) not_an_answer();
    if (read_.size() < head + length) {
        const std::size_t missing = head + length - read_.size();
        co_await asio::async_read(socket_, into, asio::transfer_exactly(missing), asio::use_awaitable);
    }
    answer.body = read_.substr(head, length);
    read_.erase(0, head + length);
    co_return answer;
}

}  // namespace podbrief::bot::bench
