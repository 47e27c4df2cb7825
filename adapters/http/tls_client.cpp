#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "adapters/http/tls_connection.hpp"

namespace podbrief::net {
namespace {

// Ties the handshake to the host: its name is sent (SNI) and must be in the certificate.
bool expect_host(SSL* ssl, const std::string& host) {
    X509_VERIFY_PARAM* rules = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    boost::system::error_code not_address;
    asio::ip::make_address(host, not_address);
    if (!not_address) return X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1;
    return SSL_set_tlsext_host_name(ssl, host.c_str()) == 1 &&
           X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size()) == 1;
}

}  // namespace

struct TlsContext::Impl {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

TlsContext::TlsContext(const std::string& extra_ca_file) : impl_(std::make_unique<Impl>()) {
    auto& context = impl_->context;
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_default_verify_paths();
    context.set_verify_mode(asio::ssl::verify_peer);
    constexpr unsigned char http11[] = "\x08http/1.1";
    SSL_CTX_set_alpn_protos(context.native_handle(), http11, sizeof http11 - 1);
    if (extra_ca_file.empty()) return;
    boost::system::error_code failure;
    context.load_verify_file(extra_ca_file, failure);
    if (failure) {
        throw std::runtime_error("cannot use the certificates in " + extra_ca_file + ": " + failure.message());
    }
}

TlsContext::~TlsContext() = default;

asio::awaitable<TlsContext::Opened> TlsContext::handshake(Socket socket, std::string host) {
    Opened out;
    auto connection = std::make_unique<TlsConnection>(std::move(socket), impl_->context);
    SSL* ssl = connection->stream().native_handle();
    if (!expect_host(ssl, host)) {
        out.problem = "the host name cannot be checked against a certificate";
        co_return out;
    }
    auto [failure] = co_await connection->stream().async_handshake(asio::ssl::stream_base::client,
                                                                   asio::as_tuple(asio::use_awaitable));
    rethrow_abort(failure);
    if (!failure) {
        out.connection = std::move(connection);
        co_return out;
    }
    const long verdict = SSL_get_verify_result(ssl);
    out.problem = verdict != X509_V_OK
                      ? std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(verdict)
                      : "the TLS handshake failed: " + failure.message();
    co_return out;
}

}  // namespace podbrief::net
