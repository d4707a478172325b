using ModelContextProtocol.Protocol;

namespace Smcp.Samples.Everything;

/// <summary>The forms of SEP-1034 (defaults) and SEP-1330 (choices).</summary>
internal static class Forms
{
    public static ElicitRequestParams.RequestSchema WithDefaults() => new()
    {
        Properties =
        {
            ["name"] = new ElicitRequestParams.StringSchema { Description = "User name", Default = "John Doe" },
            ["age"] = new ElicitRequestParams.NumberSchema { Type = "integer", Description = "User age", Default = 30 },
            ["score"] = new ElicitRequestParams.NumberSchema { Description = "User score", Default = 95.5 },
            ["status"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema
            {
                Description = "User status",
                Enum = ["active", "inactive", "pending"],
                Default = "active",
            },
            ["verified"] = new ElicitRequestParams.BooleanSchema
            {
                Description = "Verification status",
                Default = true,
            },
        },
        Required = [],
    };

    public static ElicitRequestParams.RequestSchema WithChoices() => new()
    {
        Properties =
        {
            ["untitledSingle"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema
            {
                Description = "Select one option",
                Enum = ["option1", "option2", "option3"],
            },
            ["titledSingle"] = new ElicitRequestParams.TitledSingleSelectEnumSchema
            {
                Description = "Select one option with titles",
                OneOf = Titled("Option"),
            },
            ["legacyEnum"] = new ElicitRequestParams.LegacyTitledEnumSchema
            {
                Description = "Select one option (legacy)",
                Enum = ["opt1", "opt2", "opt3"],
                EnumNames = ["Option One", "Option Two", "Option Three"],
            },
            ["untitledMulti"] = new ElicitRequestParams.UntitledMultiSelectEnumSchema
            {
                Description = "Select multiple options",
                MinItems = 1,
                MaxItems = 3,
                Items = new ElicitRequestParams.UntitledEnumItemsSchema { Enum = ["option1", "option2", "option3"] },
            },
            ["titledMulti"] = new ElicitRequestParams.TitledMultiSelectEnumSchema
            {
                Description = "Select multiple options with titles",
                MinItems = 1,
                MaxItems = 3,
                Items = new ElicitRequestParams.TitledEnumItemsSchema { AnyOf = Titled("Choice") },
            },
        },
        Required = [],
    };

    private static List<ElicitRequestParams.EnumSchemaOption> Titled(string noun) =>
    [
        new() { Const = "value1", Title = $"First {noun}" },
        new() { Const = "value2", Title = $"Second {noun}" },
        new() { Const = "value3", Title = $"Third {noun}" },
    ];
}
