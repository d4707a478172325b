using System.Globalization;
using Smcp.Servers;

namespace Smcp.Data;

/// <summary>
/// What holds bytes of a tenant, as the count of them calls it: a part of one of a server's stores,
/// <c>server/store/part</c>.
/// </summary>
public readonly record struct DataSource(ServerId Server, string Store, int Part)
{
    public const string Values = "values";
    public const string Objects = "objects";

    public static DataSource Parse(string source)
    {
        var parts = source.Split('/');
        return parts is [var server, Values or Objects, var part]
            ? new DataSource(
                ServerId.Parse(server),
                parts[1],
                int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))
            : throw new FormatException("Not a part of what a server stores.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Server}/{Store}/{Part}");
}
