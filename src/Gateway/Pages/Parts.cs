namespace Smcp.Pages;

/// <summary>The parts that pages are made of.</summary>
internal static class Parts
{
    public const string TokenField = "form_token";

    /// <summary>Below the field of a new password.</summary>
    public static Html PasswordHint { get; } =
        Html.Of($"<p class=\"hint\">At least 12 characters. Four unrelated words are a good choice.</p>");

    /// <summary>What went wrong with a form, above it and read out at once; nothing without a problem.</summary>
    public static Html Alert(string? problem) => problem is null
        ? Html.Empty
        : Html.Of($"""<div class="alert" role="alert" id="problem"><p>{problem}</p></div>""");

    public static Html Problem(string title, string explanation) => Html.Of(
        $"""
        <div class="badge-line"><span class="badge badge-danger">Stopped</span></div>
        <h1>{title}</h1>
        <div role="alert"><p class="lead">{explanation}</p></div>
        <p class="hint">Nothing was shared, and nothing was changed. You can close this page.</p>
        """);

    public static Html Hidden(string name, string value) =>
        Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    /// <summary>A field with its label. <paramref name="more"/> are attributes.</summary>
    public static Html Field(string name, string label, string type, string autocomplete, Html more) => Html.Of(
        $"""
        <div class="field">
        <label for="{name}">{label}</label>
        <input id="{name}" name="{name}" type="{type}" autocomplete="{autocomplete}" required {more}>
        </div>
        """);

    /// <summary>A text field that holds what was typed before.</summary>
    public static Html Text(string name, string label, string autocomplete, string? value, bool isFirst) => Field(
        name, label, "text", autocomplete,
        Html.Of(
            $"""
            value="{value}" maxlength="128" autocapitalize="none" spellcheck="false"{Focus(isFirst)}
            """));

    public static Html Password(string name, string label, string autocomplete, bool isFirst = false) =>
        Field(name, label, "password", autocomplete, Html.Of($"""maxlength="1024"{Focus(isFirst)}"""));

    public static Html Button(string label, string name = "do", string value = "go", string look = "primary") =>
        Html.Of($"""<button type="submit" class="{look}" name="{name}" value="{value}">{label}</button>""");

    /// <summary>A form that is sent back to us, with the token that says that we made it.</summary>
    public static Html Form(string action, string token, Html fields) => Html.Of(
        $"""
        <form method="post" action="{action}">
        {Hidden(TokenField, token)}
        {fields}
        </form>
        """);

    private static Html Focus(bool isFirst) => isFirst ? Html.Of($" autofocus") : Html.Empty;
}
