using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>Which operations become tools.</summary>
internal sealed class OperationFilter(OpenApiFilter include, OpenApiFilter exclude)
{
    private readonly Part _include = new(include);
    private readonly Part _exclude = new(exclude);

    public bool Fits(ApiOperation operation) => _include.IsNamedByAll(operation) && !_exclude.IsNamedByAny(operation);

    private sealed class Part(OpenApiFilter filter)
    {
        private readonly NameFilter _operations = new(filter.Operations);

        public bool IsNamedByAll(ApiOperation operation) =>
            (filter.Operations.Count == 0 || IsByName(operation))
            && (filter.Tags.Count == 0 || IsByTag(operation))
            && (filter.Methods.Count == 0 || IsByMethod(operation));

        public bool IsNamedByAny(ApiOperation operation) =>
            IsByName(operation) || IsByTag(operation) || IsByMethod(operation);

        private bool IsByName(ApiOperation operation) =>
            _operations.Fits(operation.Id) || _operations.Fits(operation.Place);

        private bool IsByTag(ApiOperation operation) =>
            operation.Json.Texts("tags").Intersect(filter.Tags, StringComparer.Ordinal).Any();

        private bool IsByMethod(ApiOperation operation) =>
            filter.Methods.Contains(operation.Method, StringComparer.OrdinalIgnoreCase);
    }
}
