#include "tests/adapters/http/certificates.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace podbrief::net::testing {
namespace {

template <class T, void (*Free)(T*)>
struct Freed {
    void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Certificate to_pem(X509* certificate, EVP_PKEY* key) {
    const Memory cert_out(BIO_new(BIO_s_mem()));
    const Memory key_out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(cert_out.get(), certificate);
    PEM_write_bio_PrivateKey(key_out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return {text_of(cert_out.get()), text_of(key_out.get())};
}

void add_extension(X509* certificate, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
    if (extension == nullptr) throw std::runtime_error("certificate extension " + value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Cert new_certificate(EVP_PKEY* key, const std::string& common_name, const CertificateRequest& request) {
    static long serial = 1;
    Cert out(X509_new());
    X509_set_version(out.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(out.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(out.get()), std::chrono::seconds(request.valid_from).count());
    X509_gmtime_adj(X509_getm_notAfter(out.get()), std::chrono::seconds(request.valid_until).count());
    X509_set_pubkey(out.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    return out;
}

}  // namespace

CertificateAuthority::CertificateAuthority(const std::string& name) {
    const Key key(EVP_EC_gen("P-256"));
    const Cert root = new_certificate(key.get(), name, {});
    X509_set_issuer_name(root.get(), X509_get_subject_name(root.get()));
    add_extension(root.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(root.get(), NID_key_usage, "critical,keyCertSign");
    X509_sign(root.get(), key.get(), EVP_sha256());
    root_ = to_pem(root.get(), key.get());
}

Certificate CertificateAuthority::issue(const CertificateRequest& request) const {
    const Memory root_in(BIO_new_mem_buf(root_.certificate_pem.data(), static_cast<int>(root_.certificate_pem.size())));
    const Memory key_in(BIO_new_mem_buf(root_.key_pem.data(), static_cast<int>(root_.key_pem.size())));
    const Cert root(PEM_read_bio_X509(root_in.get(), nullptr, nullptr, nullptr));
    const Key root_key(PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, nullptr));

    const Key key(EVP_EC_gen("P-256"));
    const Cert out = new_certificate(key.get(), "podbrief test server", request);
    X509_set_issuer_name(out.get(), X509_get_subject_name(request.self_signed ? out.get() : root.get()));
    if (!request.names.empty()) {
        add_extension(out.get(), NID_subject_alt_name, fmt::format("{}", fmt::join(request.names, ",")));
    }
    X509_sign(out.get(), request.self_signed ? key.get() : root_key.get(), request.sha1 ? EVP_sha1() : EVP_sha256());
    return to_pem(out.get(), key.get());
}

}  // namespace podbrief::net::testing
