using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>
/// An assembly load context in which the mutant is the shipping code. It holds the changed assemblies and its own
/// copies of all other assemblies of this project. Framework and package assemblies are shared with the default
/// context.
/// </summary>
public sealed class MutantWorld : AssemblyLoadContext, IMutantWorld
{
    private const string Ours = "Raft.Verified";

    private const string Command = "raft";

    private readonly IReadOnlyList<CompiledAssembly> _changed;

    /// <summary>Creates the context for a mutant; assemblies are loaded when they are first needed.</summary>
    /// <param name="id">The name of the mutant.</param>
    /// <param name="changed">The compiled assemblies that the mutant changes.</param>
    public MutantWorld(string id, IReadOnlyList<CompiledAssembly> changed)
        : base(id, isCollectible: true) => _changed = changed;

    /// <summary>Returns the assembly with the given simple name, as loaded in this context.</summary>
    /// <param name="name">The simple name of an assembly of this project.</param>
    public Assembly Find(string name) => LoadFromAssemblyName(new AssemblyName(name));

    /// <inheritdoc />
    JsonObject IMutantWorld.Explore(JsonObject request, CancellationToken stop) => Call(nameof(MutantProbe.Explore), request, stop);

    /// <inheritdoc />
    JsonObject IMutantWorld.Lab(JsonObject request, CancellationToken stop) => Call(nameof(MutantProbe.Lab), request, stop);

    /// <inheritdoc />
    JsonObject IMutantWorld.Shrink(JsonObject request, CancellationToken stop) => Call(nameof(MutantProbe.Shrink), request, stop);

    /// <inheritdoc />
    void IDisposable.Dispose() => Unload();

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        string name = assemblyName.Name!;
        if (_changed.FirstOrDefault(assembly => assembly.Name == name) is { } changed)
        {
            using MemoryStream image = new([.. changed.Image]);
            return LoadFromStream(image);
        }

        if (!name.StartsWith(Ours, StringComparison.Ordinal) && name != Command)
        {
            return null;
        }

        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        return LoadFromStream(file);
    }

    // Calls a method of the probe that is loaded in this context.
    private JsonObject Call(string method, JsonObject request, CancellationToken stop)
    {
        Type probe = Find(typeof(MutantProbe).Assembly.GetName().Name!).GetType(typeof(MutantProbe).FullName!)!;
        Func<JsonObject, CancellationToken, JsonObject> call = probe.GetMethod(method)!.CreateDelegate<Func<JsonObject, CancellationToken, JsonObject>>();
        JsonObject answer = call(request, stop);
        stop.ThrowIfCancellationRequested();
        return answer;
    }
}
