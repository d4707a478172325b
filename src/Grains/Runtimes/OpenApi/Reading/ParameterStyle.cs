namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>How a parameter's value is written (OpenAPI 3.1, Style Values).</summary>
internal enum ParameterStyle
{
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}
