using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The fingerprint of the build that wrote a schedule. Builds are deterministic, so the same sources give the same
/// fingerprint everywhere.
/// </summary>
public static class BuildFingerprint
{
    /// <summary>The key of the assembly metadata that names the mutant of the library.</summary>
    public const string MutantKey = "Mutant";

    /// <summary>
    /// Returns the fingerprint of a program's assembly, of the engine, and of their direct and indirect references,
    /// except for the framework.
    /// </summary>
    /// <param name="program">The assembly that contains the program.</param>
    public static string Of(Assembly program)
    {
        ulong hash = 0;
        foreach (Assembly assembly in Assemblies(program))
        {
            byte[] version = assembly.ManifestModule.ModuleVersionId.ToByteArray();
            hash = SplitMix.Mix(hash ^ BitConverter.ToUInt64(version, 0), BitConverter.ToUInt64(version, 8));
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the name of the seeded bug in this build; null for none.</summary>
    /// <param name="program">The assembly that contains the program.</param>
    public static string? MutantOf(Assembly program) => Assemblies(program)
        .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        .FirstOrDefault(metadata => metadata.Key == MutantKey)?.Value;

    // Sorted by name. Each assembly is resolved in the program's own load context.
    private static IEnumerable<Assembly> Assemblies(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(program) ?? AssemblyLoadContext.Default;
        SortedDictionary<string, Assembly> found = new(StringComparer.Ordinal);
        Add(program);
        Add(typeof(ControlledRuntime).Assembly);
        return found.Values;

        void Add(Assembly assembly)
        {
            if (!found.TryAdd(assembly.GetName().Name!, assembly))
            {
                return;
            }

            foreach (AssemblyName name in assembly.GetReferencedAssemblies())
            {
                if (!IsFramework(name.Name!))
                {
                    Add(context.LoadFromAssemblyName(name));
                }
            }
        }
    }

    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
