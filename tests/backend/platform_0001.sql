BEGIN TRANSACTION;
CREATE TABLE certificates (
	county VARCHAR(6) NOT NULL,
	kiosk VARCHAR(40) NOT NULL,
	number VARCHAR(40) NOT NULL,
	body_sha256 VARCHAR(64) NOT NULL,
	kind VARCHAR(2) NOT NULL,
	state VARCHAR(16) NOT NULL,
	reason VARCHAR(64) NOT NULL,
	household_id VARCHAR(40) NOT NULL,
	person_id VARCHAR(40) NOT NULL,
	masked_name VARCHAR(100) NOT NULL,
	purpose VARCHAR(64) NOT NULL,
	copies INTEGER NOT NULL,
	document_sha256 VARCHAR(64) NOT NULL,
	valid_until DATE,
	prepared_at DATETIME NOT NULL,
	settled_at DATETIME NOT NULL,
	settled_by VARCHAR(64) NOT NULL,
	PRIMARY KEY (county, kiosk, number),
	UNIQUE (county, number)
);
INSERT INTO "certificates" VALUES('610525','CG-KSK-03','610525001003-JZ-2026-000001-2','e43bee33a57d99918e182f77fb7dd0181f0f731d7ee25bedaabff7235cc57af4','JZ','printed','','HH999999','HH999999-01','','school',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','2026-12-22','2026-11-22 01:41:00.000000','2026-11-22 01:41:00.000000','');
INSERT INTO "certificates" VALUES('610525','CG-KSK-03','610525001003-JZ-2026-000002-9','56dbf5e5769e156af96490922b0987969f5af54ea844c34cfd908b1169fc2c75','JZ','printed','PRN-11','HH999999','HH999999-01','','school',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',NULL,'2026-11-22 01:41:00.000000','2026-11-22 01:41:00.000000','resident');
INSERT INTO "certificates" VALUES('610525','CG-KSK-03','610525001003-JZ-2026-000003-7','6d1c8af44ef36b5a66032b72a1c830fd4cf542110d01b4070adb51af8dbade82','JZ','uncertain','PRN-11','HH999999','HH999999-01','','school',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',NULL,'2026-11-22 01:41:00.000000','2026-11-22 01:41:00.000000','');
CREATE TABLE communities (
	county VARCHAR(6) NOT NULL,
	community VARCHAR(12) NOT NULL,
	county_name VARCHAR(100) NOT NULL,
	street_name VARCHAR(100) NOT NULL,
	name VARCHAR(100) NOT NULL,
	PRIMARY KEY (county, community)
);
INSERT INTO "communities" VALUES('610525','610525001003','澄城县','城关街道','乐楼社区');
CREATE TABLE grids (
	county VARCHAR(6) NOT NULL,
	community VARCHAR(12) NOT NULL,
	number INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	officer VARCHAR(100) NOT NULL,
	phone VARCHAR(100) NOT NULL,
	PRIMARY KEY (county, community, number)
);
INSERT INTO "grids" VALUES('610525','610525001003',9,'第09网格','宋某','0913-0000209');
INSERT INTO "grids" VALUES('610525','610525001003',10,'第10网格','石某','0913-0000210');
CREATE TABLE households (
	county VARCHAR(6) NOT NULL,
	household_id VARCHAR(40) NOT NULL,
	hukou_type VARCHAR(16) NOT NULL,
	head_key VARCHAR(64) NOT NULL,
	community VARCHAR(12) NOT NULL,
	grid INTEGER NOT NULL,
	compound VARCHAR(100) NOT NULL,
	building VARCHAR(100) NOT NULL,
	unit VARCHAR(100) NOT NULL,
	room VARCHAR(100) NOT NULL,
	address_code VARCHAR(24) NOT NULL,
	mode VARCHAR(16) NOT NULL,
	period_from DATE,
	period_until DATE,
	landlord VARCHAR(100) NOT NULL,
	registered_on DATE NOT NULL,
	verified_on DATE,
	record_version INTEGER NOT NULL,
	PRIMARY KEY (county, household_id)
);
INSERT INTO "households" VALUES('610525','HH000001','family','65b6c9db6770f71c4484c05306f70034b20ee8183478b3a8e246838bd9a6e318','610525001003',9,'纺织厂家属院','1号楼','1单元','201室','610525001003009001','rented','2025-03-06','2027-08-31','李××','2025-03-10','2026-10-13',3);
INSERT INTO "households" VALUES('610525','HH000002','family','6b3053f4281dfd378bab514a3cb188528cf83ecb22ed5d152ea294b58671af9e','610525001003',10,'锦绣花园','2号楼','2单元','302室','610525001003010002','own',NULL,NULL,'','2022-10-14','2026-10-13',1);
CREATE TABLE kiosks (
	county VARCHAR(6) NOT NULL,
	kiosk VARCHAR(40) NOT NULL,
	community VARCHAR(12) NOT NULL,
	secret_sha256 VARCHAR(64) NOT NULL,
	enrolled_at DATETIME NOT NULL,
	revoked_at DATETIME,
	PRIMARY KEY (county, kiosk),
	UNIQUE (kiosk)
);
INSERT INTO "kiosks" VALUES('610525','CG-KSK-03','610525001003','c54cbfcccdf4bc21ce991a0d4196fa3e211e7027079c6ba2f1d2ef201398c1ac','2026-11-22 01:41:00.000000',NULL);
CREATE TABLE lookups (
	county VARCHAR(6) NOT NULL,
	kiosk VARCHAR(40) NOT NULL,
	lookup_id VARCHAR(40) NOT NULL,
	household_id VARCHAR(40),
	looked_up_at DATETIME NOT NULL,
	PRIMARY KEY (county, kiosk, lookup_id)
);
INSERT INTO "lookups" VALUES('610525','CG-KSK-03','l1',NULL,'2026-11-22 01:41:00.000000');
CREATE TABLE members (
	county VARCHAR(6) NOT NULL,
	household_id VARCHAR(40) NOT NULL,
	person_id VARCHAR(40) NOT NULL,
	position INTEGER NOT NULL,
	citizen_key VARCHAR(64) NOT NULL,
	name_key VARCHAR(64) NOT NULL,
	masked_name VARCHAR(100) NOT NULL,
	sex VARCHAR(1) NOT NULL,
	birth DATE NOT NULL,
	relation_code VARCHAR(2) NOT NULL,
	status VARCHAR(16) NOT NULL,
	since DATE NOT NULL,
	PRIMARY KEY (county, household_id, person_id)
);
INSERT INTO "members" VALUES('610525','HH000001','HH000001-01',0,'65b6c9db6770f71c4484c05306f70034b20ee8183478b3a8e246838bd9a6e318','8e4c5c653704eeb297ed14eb41aa54a6a923cc4191047811868a06182164d9a0','王××','2','1990-11-22','02','present','2025-03-10');
INSERT INTO "members" VALUES('610525','HH000001','HH000001-02',1,'4cda7ab76e616b31f3df1caf6d57cfdd36d11fc9d4b4bd0a6c0f16d4e8b4fbdd','94c32210aa58ec18914c050e2f42eaca66f7d787a7a3706ad0385ebcb77b8562','赵××','1','1988-08-13','11','present','2025-03-10');
INSERT INTO "members" VALUES('610525','HH000001','HH000001-03',2,'d190c4bc4df9682c2baadef25bb82206465cb46637199960902761b42227ed8a','15f1aabe63d4f5b902fb1c41e8fe75a821be5299e460d672d84c774eee0ff1b2','赵××','2','2020-05-04','30','present','2025-03-10');
INSERT INTO "members" VALUES('610525','HH000002','HH000002-01',0,'6b3053f4281dfd378bab514a3cb188528cf83ecb22ed5d152ea294b58671af9e','48beafb73c40e69aca3a3f6253c733ba22e76bca657e70c2258696d14e985415','李××','1','1982-10-16','02','present','2022-10-14');
INSERT INTO "members" VALUES('610525','HH000002','HH000002-02',1,'bb65edbae95eb5f563d0ed565dc156eccf68cc0faf3b99969725a992e7e4c3a5','76cca0f1ead45d73c594ff4d045f5fcab65c1b6e6b3376f1b2f100c65f3d8f17','周××','2','1984-07-07','12','present','2022-10-14');
INSERT INTO "members" VALUES('610525','HH000002','HH000002-03',2,'e8986fab13fdad4625b10c58e656b90292dd8785de3efa76590fa2c5d9a61d95','78aaef856744d714f66d51f70fe35e48262a8bd9bc89d4af8d86092a41127b99','李××','1','2009-03-28','22','present','2022-10-14');
INSERT INTO "members" VALUES('610525','HH000002','HH000002-04',3,'d147659d457addc2cc8e2d19e286ebf080d461a389dc6809fca290e68538efa3','0409cf10e99531780dac0f230c14672d420f85058d7676b537401149c3428417','李××','2','2014-12-17','32','present','2022-10-14');
CREATE TABLE notices (
	county VARCHAR(6) NOT NULL,
	notice_id VARCHAR(40) NOT NULL,
	"column" VARCHAR(16) NOT NULL,
	title VARCHAR(100) NOT NULL,
	paragraphs JSON NOT NULL,
	source VARCHAR(100) NOT NULL,
	published_on DATE NOT NULL,
	urgent BOOLEAN NOT NULL,
	PRIMARY KEY (county, notice_id)
);
INSERT INTO "notices" VALUES('610525','N0001','notice','2027年度城乡居民医保缴费提醒','["2027\u5e74\u5ea6\u57ce\u4e61\u5c45\u6c11\u57fa\u672c\u533b\u7597\u4fdd\u9669\u6b63\u5728\u96c6\u4e2d\u7f34\u8d39\uff0c\u622a\u6b62\u65f6\u95f4\u4e3a\u4eca\u5e7412\u670831\u65e5\u3002\u8bf7\u8fd8\u6ca1\u6709\u7f34\u8d39\u7684\u5c45\u6c11\u5c3d\u5feb\u529e\u7406\uff0c\u4ee5\u514d\u5f71\u54cd\u660e\u5e74\u770b\u75c5\u62a5\u9500\u3002", "\u7f34\u8d39\u65b9\u5f0f\u6709\u4e09\u79cd\uff1a\u5728\u624b\u673a\u4e0a\u901a\u8fc7\u201c\u9655\u897f\u7a0e\u52a1\u201d\u516c\u4f17\u53f7\u7f34\u8d39\uff1b\u6301\u8eab\u4efd\u8bc1\u5230\u5c31\u8fd1\u7684\u94f6\u884c\u7f51\u70b9\u7f34\u8d39\uff1b\u5230\u793e\u533a\u4fbf\u6c11\u670d\u52a1\u70b9\u8bf7\u5de5\u4f5c\u4eba\u5458\u5e2e\u52a9\u529e\u7406\u3002\u8001\u4eba\u3001\u884c\u52a8\u4e0d\u4fbf\u7684\u5c45\u6c11\u53ef\u4ee5\u7ed9\u7f51\u683c\u5458\u6253\u7535\u8bdd\uff0c\u7531\u7f51\u683c\u5458\u4e0a\u95e8\u4ee3\u529e\u3002", "\u7279\u56f0\u4eba\u5458\u3001\u4f4e\u4fdd\u5bf9\u8c61\u3001\u8fd4\u8d2b\u81f4\u8d2b\u4eba\u53e3\u4eab\u53d7\u53c2\u4fdd\u8d44\u52a9\uff0c\u5177\u4f53\u6807\u51c6\u53ef\u5411\u6240\u5728\u793e\u533a\u7684\u793e\u4fdd\u59d4\u5458\u54a8\u8be2\u3002\u8bf7\u8ba4\u51c6\u6b63\u89c4\u6e20\u9053\uff0c\u4e0d\u8981\u70b9\u51fb\u964c\u751f\u77ed\u4fe1\u91cc\u7684\u7f34\u8d39\u94fe\u63a5\u3002"]','城关街道便民服务中心','2026-11-20',1);
CREATE TABLE number_blocks (
	county VARCHAR(6) NOT NULL,
	kiosk VARCHAR(40) NOT NULL,
	block_id VARCHAR(40) NOT NULL,
	request_id VARCHAR(64) NOT NULL,
	community VARCHAR(12) NOT NULL,
	kind VARCHAR(2) NOT NULL,
	year INTEGER NOT NULL,
	first_serial INTEGER NOT NULL,
	serials INTEGER NOT NULL,
	code_key VARCHAR(44) NOT NULL,
	issued_at DATETIME NOT NULL,
	expires_on DATE NOT NULL,
	PRIMARY KEY (county, kiosk, block_id),
	UNIQUE (county, kiosk, request_id),
	UNIQUE (county, community, kind, year, first_serial)
);
INSERT INTO "number_blocks" VALUES('610525','CG-KSK-03','2440101881884d02a75714c84071a8e7','rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr','610525001003','JZ',2026,1,50,'ifpwOi5WWQCbyt6fquuzmfWceQBsYEpRFh7UQxpPKzs=','2026-11-22 01:41:00.000000','2026-12-22');
CREATE TABLE number_series (
	county VARCHAR(6) NOT NULL,
	community VARCHAR(12) NOT NULL,
	kind VARCHAR(2) NOT NULL,
	year INTEGER NOT NULL,
	next_serial INTEGER NOT NULL,
	PRIMARY KEY (county, community, kind, year)
);
INSERT INTO "number_series" VALUES('610525','610525001003','JZ',2026,51);
CREATE TABLE organisations (
	county VARCHAR(6) NOT NULL,
	organisation_id VARCHAR(40) NOT NULL,
	position INTEGER NOT NULL,
	parent VARCHAR(40) NOT NULL,
	name VARCHAR(100) NOT NULL,
	address VARCHAR(100) NOT NULL,
	hours VARCHAR(100) NOT NULL,
	phone VARCHAR(100) NOT NULL,
	PRIMARY KEY (county, organisation_id)
);
INSERT INTO "organisations" VALUES('610525','610525001',0,'','澄城县城关街道办事处','澄城县中心街1号','周一至周五 8:30—12:00，14:00—18:00','0913-0000100');
CREATE TABLE record_items (
	county VARCHAR(6) NOT NULL,
	kiosk VARCHAR(40) NOT NULL,
	item_id VARCHAR(40) NOT NULL,
	content_sha256 VARCHAR(64) NOT NULL,
	body JSON NOT NULL,
	received_at DATETIME NOT NULL,
	PRIMARY KEY (county, kiosk, item_id)
);
INSERT INTO "record_items" VALUES('610525','CG-KSK-03','00000000-0000-4000-8000-000000000001','24db9cb373b612b2e7e01ee43b73dddbddcac9891932a5dfe3708a9cfdf2e591','{"id": "00000000-0000-4000-8000-000000000001", "schema_version": 1, "body": {"type": "certificate", "number": "610525001003-JZ-2026-000001-2", "kind": "JZ", "state": "printed", "reason": "", "session": "00000000-0000-4000-8000-000000000901", "household_id": "HH999999", "person_id": "HH999999-01", "citizen_key": "0000000000000000000000000000000000000000000000000000000000000000", "record_version": 1, "purpose": "school", "copies": 1, "document_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "valid_until": "2026-12-22", "job_uuid": "", "prepared_at": "2026-11-22T09:41:00+08:00", "settled_at": "2026-11-22T09:41:00+08:00"}}','2026-11-22 01:41:00.000000');
INSERT INTO "record_items" VALUES('610525','CG-KSK-03','00000000-0000-4000-8000-000000000002','6e50f0dac7fb62d7f11b95f8cbbe95b7b12ded04fa13af38767d8bbf6a63b607','{"id": "00000000-0000-4000-8000-000000000002", "schema_version": 1, "body": {"type": "certificate", "number": "610525001003-JZ-2026-000002-9", "kind": "JZ", "state": "uncertain", "reason": "PRN-11", "session": "00000000-0000-4000-8000-000000000902", "household_id": "HH999999", "person_id": "HH999999-01", "citizen_key": "0000000000000000000000000000000000000000000000000000000000000000", "record_version": 1, "purpose": "school", "copies": 1, "document_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "valid_until": null, "job_uuid": "", "prepared_at": "2026-11-22T09:41:00+08:00", "settled_at": "2026-11-22T09:41:00+08:00"}}','2026-11-22 01:41:00.000000');
INSERT INTO "record_items" VALUES('610525','CG-KSK-03','00000000-0000-4000-8000-000000000003','de00918f8fb9dbcaccd0a8fb65368dd9cd5a62c8f8df356499e6ae7bf4188d9c','{"id": "00000000-0000-4000-8000-000000000003", "schema_version": 1, "body": {"type": "certificate", "number": "610525001003-JZ-2026-000003-7", "kind": "JZ", "state": "uncertain", "reason": "PRN-11", "session": "00000000-0000-4000-8000-000000000903", "household_id": "HH999999", "person_id": "HH999999-01", "citizen_key": "0000000000000000000000000000000000000000000000000000000000000000", "record_version": 1, "purpose": "school", "copies": 1, "document_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "valid_until": null, "job_uuid": "", "prepared_at": "2026-11-22T09:41:00+08:00", "settled_at": "2026-11-22T09:41:00+08:00"}}','2026-11-22 01:41:00.000000');
INSERT INTO "record_items" VALUES('610525','CG-KSK-03','00000000-0000-4000-8000-000000000004','cb6a158f62c54978e6e2bac0b5882cb7b4ff27abe2dc12e064c27c93c4ae7762','{"id": "00000000-0000-4000-8000-000000000004", "schema_version": 1, "body": {"type": "settlement", "number": "610525001003-JZ-2026-000002-9", "state": "printed", "settled_by": "resident", "settled_at": "2026-11-22T09:41:00+08:00"}}','2026-11-22 01:41:00.000000');
CREATE TABLE staff (
	county VARCHAR(6) NOT NULL,
	organisation_id VARCHAR(40) NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	title VARCHAR(100) NOT NULL,
	duties TEXT NOT NULL,
	phone VARCHAR(100) NOT NULL,
	PRIMARY KEY (county, organisation_id, position)
);
INSERT INTO "staff" VALUES('610525','610525001',0,'郝雪真','党工委书记','主持街道党工委全面工作','0913-0000300');
CREATE INDEX households_by_head ON households (county, head_key);
CREATE INDEX members_by_citizen ON members (county, citizen_key);
CREATE INDEX lookups_by_household ON lookups (county, household_id);
COMMIT;
