#include "services/generator/words.h"

#include <string_view>

namespace nhanrong::generator {
namespace {

constexpr std::string_view kPlaces[] = {"Giả Định", "Ví Dụ", "Mẫu", "Thử"};
constexpr std::string_view kWork[] = {
    "Trồng",    "Nuôi",       "Chế biến",  "Tổ hợp tác", "Liên kết sản xuất",
    "Vườn mẫu", "Nhân giống", "Câu lạc bộ"};
constexpr std::string_view kGoods[] = {
    "rau an toàn",        "nấm rơm",       "dê sinh sản", "gà thả vườn",  "cá lồng bè",
    "lúa chất lượng cao", "cây dược liệu", "hoa chậu",    "bưởi da xanh", "ong lấy mật",
    "tôm nước ngọt",      "chè hữu cơ",    "sen lấy hạt", "dưa lưới",     "vịt biển"};
constexpr std::string_view kManners[] = {
    "theo hướng hữu cơ", "tưới tiết kiệm nước",       "gắn với tiêu thụ",
    "trong nhà màng",    "có truy xuất nguồn gốc",    "của phụ nữ khởi sự",
    "của thanh niên",    "kết hợp du lịch cộng đồng", "sử dụng phụ phẩm"};
constexpr std::string_view kServices[] = {"Tiếp nhận hồ sơ", "Trả kết quả", "Hướng dẫn kê khai",
                                          "Chứng thực", "Giải đáp thủ tục"};
constexpr std::string_view kServiceManners[] = {"lưu động tại thôn", "vào sáng thứ bảy",
                                                "qua tin nhắn", "một lần hẹn",
                                                "cho người cao tuổi tại nhà"};
constexpr std::string_view kOwners[] = {"Hợp tác xã nông nghiệp số", "Tổ hợp tác số",
                                        "Công ty cổ phần thử số", "Chi hội nông dân thôn"};
constexpr std::string_view kBeginnings[] = {"Trong kỳ đã", "Đến nay đã", "Tiếp tục", "Bước đầu"};
constexpr std::string_view kDone[] = {"tập huấn kỹ thuật cho các hộ", "mở rộng diện tích",
                                      "ký hợp đồng bao tiêu",         "hoàn thiện hệ thống tưới",
                                      "bàn giao giống đợt hai",       "nghiệm thu khối lượng"};
constexpr std::string_view kThen[] = {"các hộ tham gia đúng tiến độ", "còn thiếu vốn lưu động",
                                      "thời tiết không thuận lợi", "giá bán ổn định",
                                      "cần thêm cán bộ hướng dẫn"};
constexpr std::string_view kLate[] = {"Báo cáo giấy về chậm", "Đường truyền gián đoạn",
                                      "Bổ sung theo biên bản kiểm tra",
                                      "Cán bộ phụ trách nghỉ phép", "Nhập bù số liệu của kỳ trước"};
constexpr std::string_view kWrong[] = {"Nhập nhầm số", "Nhầm đơn vị tính", "Ghi trùng báo cáo",
                                       "Sai tên gọi so với quyết định", "Số liệu chưa đối chiếu"};
constexpr std::string_view kNotes[] = {"Theo biên bản làm việc", "Đã đối chiếu sổ sách",
                                       "Theo đề nghị của thôn", "Cần theo dõi thêm"};
constexpr std::string_view kMeasures[] = {"kg", "tấn", "hộ", "lượt", "m2", "con", "cây"};

std::string Said(std::initializer_list<std::string_view> words) {
  std::string said;
  for (const std::string_view word : words) {
    if (!said.empty()) said += ' ';
    said += word;
  }
  return said;
}

}  // namespace

std::string CommuneName(int number, bool ward) {
  return Said({ward ? "Phường" : "Xã",
               kPlaces[static_cast<std::size_t>(number) % std::size(kPlaces)],
               std::to_string(number)});
}

std::string ModelName(Random& random) {
  if (random.InThousand(200)) return Said({random.Pick(kServices), random.Pick(kServiceManners)});
  return Said({random.Pick(kWork), random.Pick(kGoods), random.Pick(kManners)});
}

std::string SiteName(Random& random, const std::string& model_name, int number) {
  const std::string at = "điểm số " + std::to_string(number);
  return random.InThousand(500) ? Said({"Điểm", model_name, at}) : model_name + ", " + at;
}

std::string Owner(Random& random) {
  return Said({random.Pick(kOwners), std::to_string(random.Between(1, 40))});
}

std::string Narrative(Random& random) {
  return Said({random.Pick(kBeginnings), random.Pick(kDone)}) + "; " +
         std::string(random.Pick(kThen)) + ".";
}

std::string WhyLate(Random& random) { return std::string(random.Pick(kLate)); }
std::string WhyWrong(Random& random) { return std::string(random.Pick(kWrong)); }
std::string Note(Random& random) { return std::string(random.Pick(kNotes)); }
std::string Measure(Random& random) { return std::string(random.Pick(kMeasures)); }

}  // namespace nhanrong::generator
