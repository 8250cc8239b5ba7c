#include "services/cli/words.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace nhanrong::cli {
namespace {

struct WordRow {
  std::string_view name;
  std::string_view vi;
  std::string_view en;
};

constexpr WordRow kEnumerators[] = {
    {"ACTOR_KIND_PERSON", "người", "person"},
    {"ACTOR_KIND_SYSTEM", "hệ thống", "system"},
    {"AGENCY_STATUS_CLOSED", "đã đóng", "closed"},
    {"AGENCY_STATUS_ESTABLISHED", "đang hoạt động", "working"},
    {"AGENCY_STATUS_SUSPENDED", "tạm dừng", "suspended"},
    {"CERTIFICATE_KIND_GLOBALGAP", "GlobalGAP", "GlobalGAP"},
    {"CERTIFICATE_KIND_OCOP", "OCOP", "OCOP"},
    {"CERTIFICATE_KIND_ORGANIC", "hữu cơ", "organic"},
    {"CERTIFICATE_KIND_OTHER", "chứng nhận khác", "other"},
    {"CERTIFICATE_KIND_VIETGAP", "VietGAP", "VietGAP"},
    {"CLASSIFICATION_INTERNAL", "nội bộ", "internal"},
    {"CLASSIFICATION_PERSONAL", "cá nhân", "personal"},
    {"CLASSIFICATION_PUBLIC", "công khai", "public"},
    {"CLASSIFICATION_SENSITIVE", "nhạy cảm", "sensitive"},
    {"DELEGATION_FORM_KT", "KT.", "KT."},
    {"DELEGATION_FORM_TL", "TL.", "TL."},
    {"DELEGATION_FORM_TUQ", "TUQ.", "TUQ."},
    {"FIGURE_SUBJECT_MODELS", "mô hình", "models"},
    {"FIGURE_SUBJECT_SITES", "điểm mô hình", "sites"},
    {"INSPECTION_RESULT_CONFIRMED", "đúng như báo cáo", "as reported"},
    {"INSPECTION_RESULT_DEFICIENCIES", "có tồn tại, hạn chế", "with deficiencies"},
    {"INSPECTION_RESULT_NOT_FOUND", "không thấy điểm", "not found"},
    {"KIND_NOT_STATED", "nguồn không nêu", "not stated"},
    {"KIND_ORIGINAL", "điểm ban đầu", "original"},
    {"KIND_REPLICATION", "nhân rộng", "replication"},
    {"MODEL_CLOSE_REASON_ABSORBED", "nhập vào mô hình khác", "absorbed"},
    {"MODEL_CLOSE_REASON_COMPLETED", "hoàn thành", "completed"},
    {"MODEL_CLOSE_REASON_DUPLICATE_OF", "trùng mô hình khác", "duplicate"},
    {"MODEL_CLOSE_REASON_FUNDING_ENDED", "hết kinh phí", "funding ended"},
    {"MODEL_CLOSE_REASON_NOT_EFFECTIVE", "không hiệu quả", "not effective"},
    {"MODEL_CLOSE_REASON_SUPERSEDED", "được mô hình khác thay thế", "superseded"},
    {"MODEL_FIELD_ADMINISTRATIVE_REFORM", "cải cách hành chính", "administrative reform"},
    {"MODEL_FIELD_CULTURE_SOCIETY", "văn hóa, xã hội", "culture and society"},
    {"MODEL_FIELD_DEFENCE_SECURITY", "quốc phòng, an ninh", "defence and security"},
    {"MODEL_FIELD_DIRECTION", "chỉ đạo, điều hành", "direction"},
    {"MODEL_FIELD_ECONOMY_INFRASTRUCTURE", "kinh tế, hạ tầng", "economy and infrastructure"},
    {"MODEL_FIELD_NEW_COUNTRYSIDE", "xây dựng nông thôn mới", "new countryside"},
    {"MODEL_FIELD_NOT_STATED", "nguồn không nêu", "not stated"},
    {"MODEL_FIELD_POLITICAL_SYSTEM", "hệ thống chính trị", "political system"},
    {"MODEL_FIELD_PRODUCTION", "tổ chức sản xuất, nông nghiệp", "production, agriculture"},
    {"MODEL_FIELD_TOURISM", "du lịch", "tourism"},
    {"MODEL_LEVEL_COMMUNE", "cấp xã", "commune"},
    {"MODEL_LEVEL_DISTRICT", "cấp huyện", "district"},
    {"MODEL_LEVEL_PROVINCE", "cấp tỉnh", "province"},
    {"MODEL_STATUS_ACTIVE", "đang áp dụng", "active"},
    {"MODEL_STATUS_CLOSED", "đã kết thúc", "closed"},
    {"MODEL_STATUS_DRAFT", "nháp", "draft"},
    {"MODEL_STATUS_MERGED", "đã gộp", "merged"},
    {"MODEL_STATUS_PILOTING", "thí điểm", "piloting"},
    {"MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE", "chuyển thành sáng kiến",
     "reclassified as an initiative"},
    {"MODEL_STATUS_RECLASSIFIED_AS_INVESTMENT_PROJECT", "chuyển thành dự án đầu tư",
     "reclassified as an investment project"},
    {"MODEL_STATUS_RECLASSIFIED_AS_STARTUP", "chuyển thành dự án khởi nghiệp",
     "reclassified as a start-up project"},
    {"MODEL_STATUS_REJECTED", "không được chấp nhận", "rejected"},
    {"MODEL_STATUS_SCREENED", "đã sàng lọc", "screened"},
    {"MODEL_STATUS_SUBMITTED", "đã trình", "submitted"},
    {"MODEL_STATUS_SUSPENDED", "tạm dừng", "suspended"},
    {"RESUMPTION_STATE_DONE", "đã dựng lại", "folded again"},
    {"RESUMPTION_STATE_FAILED", "dựng lại không được", "not folded again"},
    {"RESUMPTION_STATE_FOLDING", "đang dựng lại", "being folded again"},
    {"RESUMPTION_STATE_WAITING", "chờ dựng lại", "waits to be folded again"},
    {"ROLE_ADMINISTRATOR", "quản trị hệ thống", "administrator"},
    {"ROLE_AGENCY_SYSTEM", "hệ thống của cơ quan", "agency system"},
    {"ROLE_AUDITOR", "kiểm toán, thanh tra", "auditor"},
    {"ROLE_CLOCK", "đồng hồ của sổ", "clock"},
    {"ROLE_COMMUNE_LEADER", "lãnh đạo UBND xã", "commune leader"},
    {"ROLE_COMMUNE_OFFICER", "cán bộ nhập liệu xã", "commune officer"},
    {"ROLE_COMPETENT_AUTHORITY", "cấp có thẩm quyền", "competent authority"},
    {"ROLE_DEPARTMENT_SPECIALIST", "chuyên viên sở, ngành", "department specialist"},
    {"ROLE_MAP_STEWARD", "giữ bản đồ hành chính", "map steward"},
    {"ROLE_NOTARY", "công chứng của sổ", "notary"},
    {"ROLE_PROVINCIAL_OFFICE", "Văn phòng UBND tỉnh", "provincial office"},
    {"ROLE_PUBLIC_READER", "người đọc công khai", "public reader"},
    {"SECTOR_BLOCK_CULTURE_SOCIETY", "khối văn hóa, xã hội", "culture and society"},
    {"SECTOR_BLOCK_ECONOMIC", "khối kinh tế", "economic"},
    {"SECTOR_BLOCK_INTERNAL_AFFAIRS", "khối nội chính", "internal affairs"},
    {"SECTOR_BLOCK_NOT_STATED", "nguồn không nêu", "not stated"},
    {"SITE_STATUS_FUNDING_ENDED", "hết kinh phí hỗ trợ", "funding ended"},
    {"SITE_STATUS_INVALIDATED", "không được công nhận", "invalidated"},
    {"SITE_STATUS_OPERATING", "đang hoạt động", "operating"},
    {"SITE_STATUS_STOPPED", "đã ngừng", "stopped"},
    {"STEWARD_TASK_EVALUATE", "Đánh giá", "Evaluates"},
    {"STEWARD_TASK_FOLLOW", "Theo dõi", "Follows"},
    {"STEWARD_TASK_GUIDE", "Hướng dẫn", "Guides"},
    {"STEWARD_TASK_INSPECT", "Kiểm tra", "Inspects"},
    {"STEWARD_TASK_URGE", "Đôn đốc", "Urges"},
    {"UNIT_LEVEL_COMMUNE", "cấp xã", "commune"},
    {"UNIT_LEVEL_DISTRICT", "cấp huyện", "district"},
    {"UNIT_LEVEL_NATION", "cả nước", "nation"},
    {"UNIT_LEVEL_PROVINCE", "cấp tỉnh", "province"},
    {"UNIT_LEVEL_VILLAGE", "thôn, ấp", "village"},
    {"UNIT_TYPE_CENTRAL_CITY", "thành phố trực thuộc trung ương", "city under central rule"},
    {"UNIT_TYPE_PROVINCE", "tỉnh", "province"},
    {"UNIT_TYPE_PROVINCIAL_CITY", "thành phố thuộc tỉnh", "provincial city"},
    {"UNIT_TYPE_RESIDENTIAL_GROUP", "tổ dân phố", "residential group"},
    {"UNIT_TYPE_RURAL_COMMUNE", "xã", "rural commune"},
    {"UNIT_TYPE_RURAL_DISTRICT", "huyện", "rural district"},
    {"UNIT_TYPE_SPECIAL_ZONE", "đặc khu", "special zone"},
    {"UNIT_TYPE_TOWN", "thị xã", "town"},
    {"UNIT_TYPE_TOWNSHIP", "thị trấn", "township"},
    {"UNIT_TYPE_URBAN_DISTRICT", "quận", "urban district"},
    {"UNIT_TYPE_VILLAGE", "thôn, ấp, bản", "village"},
    {"UNIT_TYPE_WARD", "phường", "ward"},
    {"VALUE_CHAIN_STAGE_CONSUMPTION", "tiêu thụ", "consumption"},
    {"VALUE_CHAIN_STAGE_PROCESSING", "chế biến", "processing"},
    {"VALUE_CHAIN_STAGE_PRODUCTION", "sản xuất", "production"},
    {"VALUE_CHAIN_STAGE_TRANSFER", "chuyển giao kỹ thuật", "transfer of techniques"},
    {"VERIFICATION_LEVEL_COMMUNE_CONFIRMED", "xã xác nhận", "commune confirmed"},
    {"VERIFICATION_LEVEL_DEPARTMENT_VERIFIED", "sở thẩm tra", "department verified"},
    {"VERIFICATION_LEVEL_INSPECTED", "đã kiểm tra thực địa", "inspected"},
    {"VERIFICATION_LEVEL_SELF_REPORTED", "tự báo cáo", "self-reported"},
};

constexpr WordRow kEvents[] = {
    {"LedgerOpened", "Mở sổ", "Ledger opened"},
    {"RuleVersionSwitchedOn", "Chuyển phiên bản quy tắc ghi sổ", "Rule version switched on"},
    {"FactCorrected", "Đính chính", "Fact corrected"},
    {"FactAnnulled", "Hủy ghi nhận", "Fact annulled"},
    {"ValueReserved", "Giữ giá trị duy nhất", "Value reserved"},
    {"ValueReleased", "Trả giá trị duy nhất", "Value released"},
    {"UnitEstablished", "Ghi nhận đơn vị hành chính", "Unit established"},
    {"UnitRenamed", "Đổi tên đơn vị", "Unit renamed"},
    {"UnitCodeAssigned", "Cấp mã đơn vị", "Unit code assigned"},
    {"UnitRetyped", "Đổi loại đơn vị", "Unit retyped"},
    {"UnitReparented", "Chuyển cấp trên của đơn vị", "Unit reparented"},
    {"UnitCodeRetired", "Thôi dùng mã đơn vị", "Unit code retired"},
    {"UnitAbolished", "Chấm dứt đơn vị", "Unit abolished"},
    {"AgencyEstablished", "Ghi nhận cơ quan", "Agency established"},
    {"AgencyRenamed", "Đổi tên cơ quan", "Agency renamed"},
    {"AgencySuspended", "Tạm dừng cơ quan", "Agency suspended"},
    {"AgencyResumed", "Cho cơ quan hoạt động lại", "Agency resumed"},
    {"AgencyClosed", "Đóng cơ quan", "Agency closed"},
    {"ActorRegistered", "Ghi nhận người dùng", "Actor registered"},
    {"RoleGranted", "Giao quyền", "Role granted"},
    {"GrantRevoked", "Thu hồi quyền", "Grant revoked"},
    {"CredentialIssued", "Cấp thẻ truy cập", "Credential issued"},
    {"CredentialRevoked", "Thu hồi thẻ truy cập", "Credential revoked"},
    {"GrantSuspended", "Tạm dừng quyền", "Grant suspended"},
    {"GrantResumed", "Cho dùng lại quyền", "Grant resumed"},
    {"CredentialSuspended", "Tạm dừng thẻ truy cập", "Credential suspended"},
    {"CredentialResumed", "Cho dùng lại thẻ truy cập", "Credential resumed"},
    {"AuthorityDelegated", "Ủy quyền", "Authority delegated"},
    {"DelegationRevoked", "Thu hồi ủy quyền", "Delegation revoked"},
    {"ModelRegistered", "Đã đăng ký mô hình", "Model registered"},
    {"ModelSubmitted", "Đã trình", "Model submitted"},
    {"ModelReturned", "Trả lại", "Model returned"},
    {"ModelScreened", "Đã sàng lọc", "Model screened"},
    {"ModelReclassified", "Phân loại lại", "Model reclassified"},
    {"ModelMergedAsDuplicate", "Gộp trùng", "Model merged as a duplicate"},
    {"ModelRejected", "Không chấp nhận", "Model rejected"},
    {"ModelPilotApproved", "Phê duyệt thí điểm", "Pilot approved"},
    {"ModelProgressReported", "Báo cáo tiến độ", "Progress reported"},
    {"ModelDefinitionRevised", "Sửa đổi, bổ sung mô hình", "Definition revised"},
    {"ModelStewardsAssigned", "Phân công theo dõi", "Stewards assigned"},
    {"ModelSuspended", "Tạm dừng", "Model suspended"},
    {"ModelResumed", "Tiếp tục", "Model resumed"},
    {"ModelTransferred", "Chuyển đơn vị quản lý", "Model transferred"},
    {"ModelClosed", "Kết thúc mô hình", "Model closed"},
    {"ModelRecordedFromDocument", "Ghi nhận mô hình theo văn bản",
     "Model recorded from a document"},
    {"SiteStarted", "Khởi động điểm mô hình", "Site started"},
    {"SiteOutputReported", "Báo cáo kết quả điểm", "Site output reported"},
    {"SiteInspected", "Kiểm tra điểm", "Site inspected"},
    {"SiteFundingEnded", "Hết kinh phí hỗ trợ", "Funding ended"},
    {"SiteTransferred", "Chuyển điểm", "Site transferred"},
    {"SiteDescriptionRevised", "Sửa mô tả điểm", "Site description revised"},
    {"SiteStopped", "Ngừng hoạt động điểm", "Site stopped"},
    {"SiteRecordedFromDocument", "Ghi nhận điểm theo văn bản", "Site recorded from a document"},
    {"CountedFigureRecorded", "Ghi nhận số liệu của nguồn", "Counted figure recorded"},
};

template <std::size_t N>
std::string Find(const WordRow (&rows)[N], const std::string& name, Language language) {
  const auto row = std::find_if(std::begin(rows), std::end(rows),
                                [&](const WordRow& candidate) { return candidate.name == name; });
  return row == std::end(rows) ? name : std::string(Pick(language, row->vi, row->en));
}

}  // namespace

std::string WordOf(const std::string& enumerator, Language language) {
  return Find(kEnumerators, enumerator, language);
}

std::string WordOf(const google::protobuf::EnumDescriptor& type, int number, Language language) {
  if (number == 0) return "—";
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  return value == nullptr ? std::to_string(number) : WordOf(value->name(), language);
}

std::string EventWord(const std::string& type, Language language) {
  return Find(kEvents, type.substr(type.rfind('.') + 1), language);
}

}  // namespace nhanrong::cli
