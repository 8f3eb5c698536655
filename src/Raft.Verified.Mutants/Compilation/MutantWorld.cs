using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>
/// A world in which the mutant is the shipping code: the changed assemblies, and with them all of this project's others, anew, so that they refer to each
/// other. Everything else is shared. What is in it goes away with it.
/// </summary>
public sealed class MutantWorld : AssemblyLoadContext
{
    private const string Ours = "Raft.Verified";

    private const string Command = "raft";

    private readonly IReadOnlyList<CompiledAssembly> _changed;

    /// <summary>Makes a world.</summary>
    /// <param name="id">The mutant's name.</param>
    /// <param name="changed">The assemblies that it changes.</param>
    public MutantWorld(string id, IReadOnlyList<CompiledAssembly> changed)
        : base(id, isCollectible: true) => _changed = changed;

    /// <summary>This project's assembly of a name, as it is in this world.</summary>
    public Assembly Find(string name) => LoadFromAssemblyName(new AssemblyName(name));

    /// <summary>Has the probe that is in this world do something.</summary>
    /// <param name="method">The name of its method.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="request">What it is asked; see the method.</param>
    /// <exception cref="OperationCanceledException">It was ended early: its answer tells of a part only.</exception>
    internal JsonObject Call(string method, CancellationToken stop, JsonObject request)
    {
        Type probe = Find(typeof(MutantProbe).Assembly.GetName().Name!).GetType(typeof(MutantProbe).FullName!)!;
        Func<JsonObject, CancellationToken, JsonObject> call = probe.GetMethod(method)!.CreateDelegate<Func<JsonObject, CancellationToken, JsonObject>>();
        JsonObject answer = call(request, stop);
        stop.ThrowIfCancellationRequested();
        return answer;
    }

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
}
