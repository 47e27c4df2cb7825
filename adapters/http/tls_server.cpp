#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "adapters/http/tls_connection.hpp"

namespace podbrief::net {
namespace {

constexpr std::size_t largest_pem = 1 << 20;

std::string read_pem(const std::string& file, const char* what) {
    std::ifstream in(file, std::ios::binary);
    std::string out(largest_pem + 1, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (!in.eof()) {
        const std::string cause = in.fail() ? std::strerror(errno) : "it is too large";
        throw std::runtime_error(fmt::format("cannot read the {} in {}: {}", what, file, cause));
    }
    out.resize(static_cast<std::size_t>(in.gcount()));
    return out;
}

[[noreturn]] void cannot_use(const char* what, const std::string& file, const std::string& why) {
    ERR_clear_error();
    throw std::runtime_error(fmt::format("cannot use the {} in {}: {}", what, file, why));
}

std::shared_ptr<asio::ssl::context> load(const std::string& certificate_file, const std::string& key_file) {
    const std::string certificate = read_pem(certificate_file, "certificate");
    const std::string key = read_pem(key_file, "key");
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* const native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
    // Without this OpenSSL would ask at the terminal.
    context->set_password_callback([](std::size_t, asio::ssl::context::password_purpose) { return std::string(); });

    boost::system::error_code failure;
    context->use_certificate_chain(asio::buffer(certificate), failure);
    if (failure) cannot_use("certificate", certificate_file, "it is not a PEM certificate");
    context->use_private_key(asio::buffer(key), asio::ssl::context::pem, failure);
    if (failure) {
        const bool other = ERR_GET_REASON(static_cast<unsigned long>(failure.value())) == X509_R_KEY_VALUES_MISMATCH;
        cannot_use("key", key_file,
                   other ? "it does not belong to the certificate" : "it is not a PEM key without a passphrase");
    }
    if (SSL_CTX_check_private_key(native) != 1) cannot_use("key", key_file, "it does not belong to the certificate");
    return context;
}

}  // namespace

ServerTls::ServerTls(std::string certificate_file, std::string key_file)
    : certificate_file_(std::move(certificate_file)), key_file_(std::move(key_file)) {
    reload();
}
ServerTls::~ServerTls() = default;

void ServerTls::reload() {
    context_ = load(certificate_file_, key_file_);
}

std::unique_ptr<Connection> ServerTls::connection(Socket socket) {
    return std::make_unique<TlsConnection>(std::move(socket), *context_);  // as it is when the connection begins
}

asio::awaitable<bool> ServerTls::handshake(Connection& connection) {
    auto [failure] =
        co_await connection.tls()->async_handshake(asio::ssl::stream_base::server, asio::as_tuple(asio::use_awaitable));
    rethrow_abort(failure);
    co_return !failure;
}

}  // namespace podbrief::net
