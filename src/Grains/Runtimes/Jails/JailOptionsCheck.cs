using Microsoft.Extensions.Options;
using Smcp.Jailer.Orders;

namespace Smcp.Runtimes.Jails;

/// <summary>Folders that the jailer would refuse with each jail are refused at the start.</summary>
internal sealed class JailOptionsCheck : IValidateOptions<JailOptions>
{
    private const string Setting = "Smcp:Jails:Folders";

    public ValidateOptionsResult Validate(string? name, JailOptions options)
    {
        var folders = options.Folders.Select(Path.GetFullPath).ToList();
        List<string> problems =
        [
            .. folders.Where(folder => !JailPlaces.IsFree(folder)).Select(folder =>
                $"{Setting}: {folder} cannot be shown to jails, which have their own there. "
                    + "Set a folder that is elsewhere, such as one in /opt; what is beneath /usr they see anyway."),
            .. folders.Index().Where(one => folders.Index().Any(
                other => one.Index != other.Index && JailPlaces.IsWithin(one.Item, other.Item))).Select(one =>
                $"{Setting}: {one.Item} is within another of them. Set one of the two."),
        ];
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
