namespace Smcp;

/// <summary>
/// The numbers of the gateway's log events: 1000 to 1999. A number is never used again for another event.
/// </summary>
internal static class EventIds
{
    public const int RequestFailed = 1000;
    public const int EngineFailed = 1003;
    public const int FaultAnswered = 1004;
    public const int ReaderCutOff = 1010;
    public const int StreamEnded = 1011;
    public const int StreamFailed = 1012;
    public const int ReaderGone = 1013;
    public const int RelayCutOff = 1014;
    public const int SourceFailed = 1015;
    public const int RelayNotAdmitted = 1016;
    public const int ReaderNotAdmitted = 1017;
    public const int BellsSubscribed = 1020;
    public const int BellsFailed = 1021;
    public const int ToolHeadersUnread = 1030;
    public const int PageFailed = 1040;
    public const int AdminFailed = 1050;
    public const int OAuthEngineFailed = 1041;
    public const int OAuthFailed = 1042;
    // 1001 and 1002 were of the host and the origin alone.
    public const int RequestRefused = 1100;
    public const int CertificateReplaced = 1101;
    public const int CertificateKept = 1102;
    public const int CertificateExpired = 1103;
    public const int CountriesReplaced = 1104;
    public const int CountriesKept = 1105;
    public const int RequestRuleMet = 1106;
    public const int MoreRequestsRefused = 1107;
    public const int RequestRuleMetMore = 1108;

    // What the store caused: 1110.
    public const int RequestNotStored = 1110;
    public const int PageNotStored = 1111;
    public const int AdminNotStored = 1112;
    public const int OAuthNotStored = 1113;

    // Quotas: 1200.
    public const int QuotaUnreachable = 1200;
    public const int EgressNotReported = 1201;
    public const int EgressNotStored = 1202;
}
