using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>Names the build that wrote a schedule: builds are deterministic, so the same sources give the same fingerprint everywhere.</summary>
public static class BuildFingerprint
{
    /// <summary>The key of the assembly metadata by which a mutant of the library says its name.</summary>
    public const string MutantKey = "Mutant";

    private const string Ours = "Raft.Verified";

    /// <summary>The fingerprint of library, specifications and engine, of the assembly that holds the scenarios, and of what of ours that one uses.</summary>
    public static string Of(Assembly scenarios)
    {
        ulong hash = 0;
        foreach (Assembly assembly in Assemblies(scenarios))
        {
            byte[] version = assembly.ManifestModule.ModuleVersionId.ToByteArray();
            hash = SplitMix.Mix(hash ^ BitConverter.ToUInt64(version, 0), BitConverter.ToUInt64(version, 8));
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>The name of the seeded bug that this build has; null for none.</summary>
    public static string? MutantOf(Assembly scenarios) => Assemblies(scenarios)
        .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        .FirstOrDefault(metadata => metadata.Key == MutantKey)?.Value;

    private static IEnumerable<Assembly> Assemblies(Assembly scenarios)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        Assembly[] always = [typeof(RaftCore).Assembly, typeof(Monitors).Assembly, typeof(ControlledRuntime).Assembly, scenarios];
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(scenarios) ?? AssemblyLoadContext.Default;
        return always.Concat(scenarios.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith(Ours, StringComparison.Ordinal))
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(context.LoadFromAssemblyName)
            .Except(always));
    }
}
