using Microsoft.Extensions.Options;

namespace Smcp.Network.Rules;

/// <summary>Names everything that is wrong with the rules, before anything is served.</summary>
internal sealed class RequestRuleOptionsCheck : IValidateOptions<RequestRuleOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestRuleOptions options)
    {
        var problems = new List<string>();
        if (options.Items.Count > options.RulesMax)
        {
            problems.Add($"There may be at most {options.RulesMax} request rules.");
        }

        var rules = RequestRules.Compile(options, problems);
        problems.AddRange(rules.GroupBy(r => r.Name).Where(g => g.Count() > 1)
            .Select(g => $"Two request rules are named '{g.Key}'."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
