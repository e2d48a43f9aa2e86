# ruff: noqa: E501 - rows are as long as the banks make them
"""Statements as banks write them, made after the layouts of the forms; no real person and no real account."""

BCA = """Informasi Rekening - Mutasi Rekening
No. rekening : 0123456789
Nama : CV MAJU BERSAMA
Periode : 01/03/2026 - 31/03/2026
Kode Mata Uang : IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'05/03,'TRSF E-BANKING CR 0503/FTSCY/WS95051     100123.00 SEWA RINI,'0000,"100,123.00",CR,"10,100,123.00"
'06/03,'BIAYA ADM,'0000,"15,000.00",DB,"10,085,123.00"
'07/03,'SETORAN TUNAI,'0998,"50,000.00",CR,"10,135,123.00"
'07/03,'SETORAN TUNAI,'0998,"50,000.00",CR,"10,185,123.00"
PEND,'TRSF E-BANKING CR 0903/FTSCY BUDI,'0000,"250,000.00",CR,"10,435,123.00"
Saldo Awal,:,"10,000,000.00"
Mutasi Kredit,:,"450,123.00",3
Mutasi Debet,:,"15,000.00",1
Saldo Akhir,:,"10,435,123.00"
"""
BCA_DECEMBER = """No. rekening : 0123456789
Periode : 20/12/2025 - 10/01/2026

Date,Description,Branch,Amount,,Balance
'28/12,'TRSF E-BANKING CR RINI,'0000,"100,123.00",CR,"1,100,123.00"
'03/01,'TRSF E-BANKING CR RINI,'0000,"100,124.00",CR,"1,200,247.00"
"""
BCA_BUSINESS = """Tanggal Transaksi,"Keterangan","Cabang","Jumlah","Saldo"
05/03/2026,"TRSF E-BANKING CR 05/03 SEWA RINI","0000","100,123.00 CR","10,100,123.00"
06/03/2026,"BIAYA ADM","0000","287,490.00 DB","9,812,633.00"
"""
MANDIRI_KOPRA = """AccountNo;Ccy;PostDate;Remarks;AdditionalDesc;Credit Amount;Debit Amount;Close Balance
0123456789;IDR;05 Maret 2026 11:27:10;SEWA KAMAR 7;MCM InhouseTrf DARI RINI LESTARI;100123.00;0.00;10100123.00
0123456789;IDR;06 March 2026 00:00:00;BIAYA ADM;;0.00;15000.00;10085123.00
"""
MANDIRI = """Account No,Date,Val. Date,Transaction Code,Description,Description,Reference No.,Debit,Credit
0123456789,05/03/26,05/03/26,7777,MCM InhouseTrf,DARI RINI LESTARI,000123,".00","100,123.00"
0123456789,06/03/26,06/03/26,1111,BIAYA ADM,,,"15,000.00",".00"
"""
BNI_DIRECT = """Post Date,Value Date,Branch,Journal No.,Description,Debit,Credit,
05/03/26 10.00.00,05/03/26,001,000123,TRANSFER DARI RINI LESTARI | SEWA,,100123.00,
06/03/26 10:01:00,06/03/26,001,000124,BIAYA ADM,15000.00,,
"""
BNI_PAGES = """;;;;;;
Posting Date;Effective Date;Branch;Journal;Transaction Description;Amount;DB/CR;Balance
05/03/2026 10.00.00;05/03/2026;001;000123;TRANSFER DARI RINI LESTARI;100,123.00;C;10,100,123.00
;;;;lanjutan keterangan;;;
Posting Date;Effective Date;Branch;Journal;Transaction Description;Amount;DB/CR;Balance
06/03/2026 10.01.00;06/03/2026;001;000124;BIAYA ADM;15,000.00;D;10,085,123.00
"""
BNI = """Tanggal Transaksi,Uraian Transaksi,Tipe,Nominal,Saldo
06-Mar-2026,BIAYA ADM,Db.,"15.000,00","10.085.123,00"
05-Mar-2026,TRANSFER DARI RINI LESTARI,Cr.,"100.123,00","10.100.123,00"
"""
BRI_CMS = """ID,NOREK,TGL_TRAN,TGL_EFEKTIF,JAM_TRAN,SEQ,DESK_TRAN,SALDO_AWAL_MUTASI,MUTASI_DEBET,MUTASI_KREDIT,SALDO_AKHIR_MUTASI,GLSIGN,TRUSER,KODE_TRAN,KODE_TRAN_TELLER,TRREMK,TLBDS1,TLBDS2,REMARK_CUSTOM
1,000000123456789,2026-03-05 00:31:53,2026-03-05 00:00:00,3153,1,NBMB RINI LESTARI TO MAJU,10000000.00,0.00,100123.00,10100123.00,C,8888000,7310,0,,,,SEWA KAMAR 7
2,000000123456789,2026-03-06 00:00:00,2026-03-06 00:00:00,0,1,BIAYA ADM,10100123.00,15000.00,0.00,10085123.00,D,8888000,7310,0,,,,
"""
BRI_SHORT = """NOREK;000000123456789
TGL_TRAN;DESK_TRAN;MUTASI_DEBET;MUTASI_KREDIT;SALDO_AKHIR_MUTASI
2026-03-05 00:31:53;NBMB RINI LESTARI;0.00;100123.00;10100123.00
2026-03-06 00:00:00;BIAYA ADM;15000.00;0.00;10085123.00
"""
BRI = """Tanggal Transaksi,Uraian Transaksi,Teller,Debet,Kredit,Saldo
05/03/26,NBMB RINI LESTARI,8888000,0.00,"100,123.00","10,100,123.00"
06/03/26,BIAYA ADM,8888000,"15,000.00",0.00,"10,085,123.00"
"""
MT940 = """{1:F01BNINIDJAAXXX0000000000}{2:I940XXXXN}{4:
:20:STMT260305
:25:009/0123456789
:28C:00001/001
:60F:C260304IDR10000000,00
:61:2603050305C100123,00NTRFNONREF//000123
:86:TRANSFER DARI RINI LESTARI SEWA KAMAR 7
:62F:C260305IDR10100123,00
-}
{1:F01BNINIDJAAXXX0000000000}{2:I940XXXXN}{4:
:20:STMT260306
:25:009/0123456789
:28C:00002/001
:60F:C260305IDR10100123,00
:61:2603060306D15000,00NCHGNONREF
:86:BIAYA ADM
:62F:C260306IDR10085123,00
-}
"""

FORMS = {
    "bca_business": BCA_BUSINESS.replace("287,490.00", "15,000.00").replace("9,812,633.00", "10,085,123.00"),
    "mandiri_kopra": MANDIRI_KOPRA,
    "mandiri": MANDIRI,
    "bni_direct": BNI_DIRECT,
    "bni_pages": BNI_PAGES,
    "bni": BNI,
    "bri_cms": BRI_CMS,
    "bri": BRI,
    "mt940": MT940,
}
"""The same two days, money in and a fee, in the form of each bank."""


def bca(*rows: tuple[str, str, int], opening: int = 10_000_000, number: str = "0123456789") -> str:
    """A KlikBCA file of March 2026: day (`05/03`), words, rupiah (below zero for money out)."""
    lines, balance = [], opening
    for on, text, amount in rows:
        balance += amount
        lines.append(
            f'\'{on},\'{text},\'0000,"{abs(amount):,}.00",{"CR" if amount > 0 else "DB"},"{balance:,}.00"'
        )
    head = f"No. rekening : {number}\nPeriode : 01/03/2026 - 31/03/2026\n\n"
    return head + "Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo\n" + "\n".join(lines) + "\n"
