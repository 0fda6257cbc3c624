// The weights are those of penguins.softmax.json, which the project lists:
//   <ItemGroup>
//     <AdditionalFiles Include="penguins.softmax.json" />
//   </ItemGroup>
using SoftmaxGen;

namespace Models;

/// <summary>The classes of species.</summary>
public enum Species
{
    Adelie,
    Chinstrap,
    Gentoo,
}

/// <summary>What is known of a row. What may be blank is nullable: the model learns what a blank counts.</summary>
public sealed record Penguin(
    [Feature(Name = "island"), Categories("Biscoe", "Dream", "Torgersen")] string Island,
    [Feature(Name = "bill_length_mm")] double? BillLengthMm,
    [Feature(Name = "bill_depth_mm")] double? BillDepthMm,
    [Feature(Name = "flipper_length_mm")] double? FlipperLengthMm,
    [Feature(Name = "body_mass_g")] double? BodyMassG,
    [Feature(Name = "sex"), Categories("female", "male")] string? Sex,
    [Feature(Name = "year")] double Year,
    [Label] Species Species = default);

/// <summary>Predicts species. The rest of the class is generated.</summary>
[SoftmaxModel<Species, Penguin>(Weights = "penguins.softmax.json")]
public sealed partial class PenguinModel;
