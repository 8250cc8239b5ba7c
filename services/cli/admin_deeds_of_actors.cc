// What actors are given and what is taken from them: grants, credentials, delegations.
#include "services/cli/admin_deeds.h"

namespace nhanrong::cli {
namespace {

using C = v1::Command;

constexpr char kGrantExamples[] = R"(Ví dụ / Examples:
  nhanrong admin grant give --ledger dong-thap --actor 01F4… --role commune-leader --unit 01F4… \
      --reads internal
  nhanrong admin grant suspend --ledger dong-thap --actor 01F4… --grant 01F4… --reason 'Nghỉ dài'
  nhanrong admin grant revoke --ledger dong-thap --actor 01F4… --grant 01F4…
Thiếu --unit: cả sổ. Không thu hồi, không tạm dừng được quyền quản trị cuối cùng của sổ.
Without --unit: the whole ledger. The last administrator of a ledger cannot be stopped.)";

constexpr char kCredentialExamples[] = R"(Đổi thẻ không gián đoạn / Rotation without a gap:
  nhanrong admin credential issue --ledger dong-thap --actor 01F4… --token-out moi.token
  # chuyển chương trình sang moi.token, rồi / move the program to moi.token, then
  nhanrong admin credential revoke --ledger dong-thap --actor 01F4… --credential 01F4…
Mất máy / a device is missing:
  nhanrong admin credential suspend --ledger dong-thap --actor 01F4… --credential 01F4… \
      --reason 'Mất máy tính'
Mã thẻ xem bằng / ids are shown by: nhanrong query agencies --ledger dong-thap --output json)";

constexpr char kDelegationExamples[] = R"(Ví dụ / Examples:
  # Phó Chủ tịch ký thay (KT) Chủ tịch / a deputy signs for the head of the same agency
  nhanrong admin delegation give --ledger dong-thap --actor PHÓ --for-actor CHỦ_TỊCH --form kt \
      --document-kind 'Quyết định' --document-number 12/QĐ-UBND --document-date 2021-04-01 \
      --document-issuer 'UBND tỉnh' --document-summary 'Phân công công tác'
  # Thừa ủy quyền (TUQ): có thời hạn và nội dung / for a limited time and limited matters
  nhanrong admin delegation give --ledger dong-thap --actor 01F4… --for-actor 01F4… --form tuq \
      --command close_model --until 2021-12-31 --document-kind …
  # Thay mặt cơ quan khác / on behalf of another agency
  nhanrong admin delegation give --ledger dong-thap --actor 01F4… --for-agency 01F4… --form tuq \
      --role agency-system --until 2021-12-31 --document-kind …
  nhanrong admin delegation revoke --ledger dong-thap --actor 01F4… --delegation 01F4…
Người được ủy quyền gửi kèm "delegationId". Ủy quyền không cho nhiều hơn quyền mà bên ủy quyền đang
có lúc ký, không ủy quyền lại được, và không gồm việc quản trị.
The delegate sends "delegationId" with his submission. A delegation lends no more than the principal
has at that moment, is not delegated again, and never covers administration.)";

const DeedOption kActor = {"--actor", "actor_id", "Người, hệ thống (ULID) / actor"};
const DeedOption kGrant = {"--grant", "grant_id", "Quyền (ULID) / grant"};
const DeedOption kCredential = {"--credential", "credential_id", "Thẻ (ULID) / credential"};
const DeedOption kUntil = {"--until", "valid_to", "Ngày hết hạn / first day without it", false};

Deed Ending(const char* name, const char* help, C::KindCase kind, const DeedOption& what) {
  return {.name = name, .help = help, .kind = kind, .options = {kActor, what}};
}
Deed Pausing(const char* name, const char* help, C::KindCase kind, const DeedOption& what) {
  return {.name = name, .help = help, .kind = kind, .options = {kActor, what}, .reasoned = true};
}

DeedGroup Grants() {
  return {"grant",
          "Quyền / grants",
          kGrantExamples,
          {{"give",
            "Giao quyền / grant a role",
            C::kGrantRole,
            {kActor,
             {"--role", "role", "Vai trò: commune-officer, … / role"},
             {"--unit", "scope_unit_id", "Đơn vị và cấp dưới / unit and below", false},
             {"--reads", "reads_up_to", "Mức đọc: public, internal, … / reads up to"},
             kUntil,
             {"--id", "grant_id", "ULID", false}}},
           Pausing("suspend", "Tạm dừng quyền / suspend", C::kSuspendGrant, kGrant),
           Pausing("resume", "Cho dùng lại / resume", C::kResumeGrant, kGrant),
           Ending("revoke", "Thu hồi quyền / revoke", C::kRevokeGrant, kGrant)}};
}

DeedGroup Credentials() {
  return {"credential",
          "Thẻ truy cập / credentials",
          kCredentialExamples,
          {{.name = "issue",
            .help = "Cấp thẻ mới / issue a new one",
            .kind = C::kIssueCredential,
            .options = {kActor, kUntil, {"--id", "credential_id", "ULID", false}},
            .new_token_field = "token_sha256"},
           Pausing("suspend", "Tạm dừng thẻ / suspend", C::kSuspendCredential, kCredential),
           Pausing("resume", "Cho dùng lại / resume", C::kResumeCredential, kCredential),
           Ending("revoke", "Thu hồi thẻ / revoke", C::kRevokeCredential, kCredential)}};
}

DeedGroup Delegations() {
  return {"delegation",
          "Ủy quyền ký (KT, TL, TUQ), thay mặt cơ quan / delegations",
          kDelegationExamples,
          {{"give",
            "Ghi nhận ủy quyền theo văn bản / delegate authority by a document",
            C::kDelegateAuthority,
            {{"--actor", "actor_id", "Người được ủy quyền (ULID) / the delegate"},
             {"--form", "form", "kt, tl, tuq"},
             {"--for-actor", "principal_actor_id", "Thay người (ULID) / for this person", false},
             {"--for-agency", "principal_agency_id", "Thay mặt cơ quan / for this agency", false},
             {"--command", "commands", "Chỉ lệnh này (nhiều lần) / only this command", false, true},
             {"--role", "roles", "Chỉ vai trò này (nhiều lần) / only this role", false, true},
             {"--unit", "scope_unit_id", "Chỉ trong đơn vị này / only in this unit", false},
             kUntil,
             {"--document-kind", "document.kind", "Loại văn bản / kind of the document"},
             {"--document-number", "document.number", "Số, ký hiệu / number", false},
             {"--document-date", "document.issued_on", "Ngày ban hành / date"},
             {"--document-issuer", "document.issuer", "Nơi ban hành / issuer"},
             {"--document-signer", "document.signer_title", "Chức danh người ký / signer", false},
             {"--document-summary", "document.summary", "Trích yếu / summary"},
             {"--document-article", "document.article", "Điều, khoản / article", false},
             {"--id", "delegation_id", "ULID", false}}},
           Ending("revoke", "Thu hồi ủy quyền / revoke", C::kRevokeDelegation,
                  {"--delegation", "delegation_id", "Ủy quyền (ULID) / delegation"})}};
}

}  // namespace

std::vector<DeedGroup> ActorDeeds() { return {Grants(), Credentials(), Delegations()}; }

}  // namespace nhanrong::cli
