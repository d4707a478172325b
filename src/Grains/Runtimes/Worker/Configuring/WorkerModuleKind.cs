namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>What importing a module gives, by the numbers of the union in workerd's <c>Worker.Module</c>.</summary>
internal enum WorkerModuleKind
{
    EsModule = 0,
    CommonJs = 1,
    Text = 2,
    Data = 3,
    Wasm = 4,
    Json = 5,
}
