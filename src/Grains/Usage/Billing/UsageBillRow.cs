using System.Security.Cryptography;
using System.Text;

namespace Smcp.Usage.Billing;

/// <summary>One row, under an id that is the same whenever it is sent.</summary>
internal sealed record UsageBillRow(
    string Id, string Server, string Method, string Tool, string Principal, UsageTotals Totals)
{
    private const int IdBytes = 16;

    public static UsageBillRow Of(string tenant, UsageEntry row)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{row.Key}"));
        return new UsageBillRow(
            Convert.ToHexStringLower(digest, 0, IdBytes), row.Server, row.Method, row.Tool, row.Principal, row.Totals);
    }
}
